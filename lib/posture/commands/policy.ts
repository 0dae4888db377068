import { policyFor } from '../policy';
import { EXIT, UsageError } from './exit-code';
import type { Options } from './options';
import { outputOf } from './output';

/** Prints the IAM policy that a command needs. */
export function policyCommand(options: Options, command: string): Promise<number> {
  if (command !== 'verify' && command !== 'preflight') {
    throw new UsageError(`command must be verify or preflight; received ${command}`);
  }
  outputOf(options).print(
    JSON.stringify(
      policyFor(command, ...(options.testAlert === true ? (['testAlert'] as const) : [])),
      undefined,
      2,
    ),
  );
  return Promise.resolve(EXIT.ok);
}
