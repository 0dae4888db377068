import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Posture } from '../finding';
import { UsageError } from './exit-code';
import { reasonOf } from './output';

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
  const how = 'write a report with `report --format json --output FILE`';
  if (!existsSync(file)) throw new UsageError(`--since ${file} does not exist: ${how}`);
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UsageError(`--since ${file} could not be read: ${reasonOf(error)}`);
  }
  const { data } = Report.safeParse(content);
  if (data) return data;
  throw new UsageError(`--since ${file} is not a report: ${how}`);
}
