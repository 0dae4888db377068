import { deletionPolicy, policyFor, type PolicyOf } from '../policy';
import { EXIT } from './exit-code';
import type { Options } from './options';
import { outputOf } from './output';

/** Prints the IAM policy that a command needs. */
export function policyCommand(options: Options, command: PolicyOf): number {
  outputOf(options).print(
    JSON.stringify(
      options.deleteCredentials === true
        ? deletionPolicy()
        : policyFor(command, ...(options.testAlert === true ? (['testAlert'] as const) : [])),
      undefined,
      2,
    ),
  );
  return EXIT.ok;
}
