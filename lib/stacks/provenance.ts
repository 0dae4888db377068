import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Stack } from 'aws-cdk-lib';

/** Context key with the commit that the app was built from. */
export const COMMIT_CONTEXT = 'account-baseline:commit';

const PACKAGE = join(__dirname, '../../package.json');

/**
 * Adds the version and the commit to the template. The published package has its commit in `gitHead`; the app
 * of a clone passes it in its context; without both, the commit is `unknown`. There is no date, because
 * it would change the template of an unchanged commit.
 *
 * The metadata belongs to the template, not to a resource: CloudFormation treats a template as unchanged if
 * only this metadata differs.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/metadata-section-structure.html
 */
export function stampProvenance(stack: Stack): void {
  const { name, version, gitHead } = JSON.parse(readFileSync(PACKAGE, 'utf8')) as {
    name: string;
    version: string;
    gitHead?: string;
  };
  const commit: unknown = gitHead ?? stack.node.tryGetContext(COMMIT_CONTEXT);
  stack.addMetadata('AccountBaseline', {
    source: name,
    version,
    commit: typeof commit === 'string' ? commit : 'unknown',
  });
}
