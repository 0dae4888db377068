import type { Posture } from '../finding';
import { scoreOf } from './score';

/** The posture and its score as JSON, for your own programs. */
export function json(posture: Posture): string {
  return `${JSON.stringify({ ...posture, score: scoreOf(posture.findings) }, null, 2)}\n`;
}
