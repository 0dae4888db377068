import type { Format } from '../report';

/** The options of a command. bin/aws-account-baseline.mjs declares them and rejects invalid choices. */
export interface Options {
  readonly config: string;
  readonly profile?: string;
  readonly region?: string;
  readonly json?: boolean;
  readonly output?: string;
  /** False for --no-color. */
  readonly color: boolean;
  readonly testAlert?: boolean;
  readonly detectDrift?: boolean;
  /** Format of the report. */
  readonly format?: Format;
  readonly write?: boolean;
  readonly yes?: boolean;
}
