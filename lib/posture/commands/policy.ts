import { partitionOf } from '../partition';
import { deletionPolicy, policyFor, type PolicyOf } from '../policy';
import { EXIT } from './exit-code';
import type { Options } from './options';
import { outputOf } from './output';

/** Prints the IAM policy that a command needs. */
export function policyCommand(options: Options, command: PolicyOf): number {
  const { AWS_REGION, AWS_DEFAULT_REGION } = process.env;
  const partition = partitionOf(options.region ?? AWS_REGION ?? AWS_DEFAULT_REGION);
  outputOf(options).print(
    JSON.stringify(
      options.deleteCredentials === true
        ? deletionPolicy(partition)
        : policyFor(command, { partition, more: options.testAlert === true ? ['testAlert'] : [] }),
      undefined,
      2,
    ),
  );
  return EXIT.ok;
}
