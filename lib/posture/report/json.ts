import type { Posture } from '../finding';
import { asJson } from '../json';
import { scoreOf } from './score';

/** The posture and its score as JSON, for your own programs. */
export function json(posture: Posture): string {
  return `${asJson({ ...posture, score: scoreOf(posture.findings) })}\n`;
}
