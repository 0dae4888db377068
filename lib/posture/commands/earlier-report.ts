import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Posture } from '../finding';
import { UsageError } from './exit-code';

const Report = z.object({
  account: z.string(),
  at: z.iso.datetime(),
  findings: z.array(
    z.object({
      check: z.string(),
      title: z.string(),
      area: z.custom<Posture['findings'][number]['area']>((value) => typeof value === 'string'),
      severity: z.enum(['critical', 'high', 'medium', 'low']),
      status: z.enum(['pass', 'fail', 'manual', 'unknown']),
      detail: z.string(),
      controls: z.array(z.string()),
    }),
  ),
});

/** An earlier report of an account, as `report --format json` writes it. */
export type EarlierReport = z.output<typeof Report>;

/**
 * Reads an earlier report.
 *
 * @throws {UsageError} if the file is not one
 */
export function earlierReport(file: string): EarlierReport {
  const content = contentOf(file);
  const { data } = Report.safeParse(content);
  if (data) return data;
  const why = content === undefined ? 'does not exist' : 'is no report in JSON';
  throw new UsageError(`--since ${file} ${why}: write a report with \`report --format json --output FILE\``);
}

/** The JSON of a file, null if it has none, and undefined if there is no file. */
function contentOf(file: string): unknown {
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}
