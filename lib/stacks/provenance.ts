import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Stack } from 'aws-cdk-lib';

/** Context key of the commit that the app was built from. */
export const COMMIT_CONTEXT = 'account-baseline:commit';

const PACKAGE = join(__dirname, '../../package.json');

/**
 * Writes into the template which version and commit it comes from. The app names the commit in its context; elsewhere it
 * is `unknown`. No date, or the same commit would give two templates.
 *
 * It stands in the metadata of the template, not of a resource: CloudFormation updates it only along with a resource, and
 * takes a template in which nothing else changed for unchanged.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/metadata-section-structure.html
 */
export function stampProvenance(stack: Stack): void {
  const { name, version } = JSON.parse(readFileSync(PACKAGE, 'utf8')) as { name: string; version: string };
  const commit: unknown = stack.node.tryGetContext(COMMIT_CONTEXT);
  stack.addMetadata('AccountBaseline', {
    source: name,
    version,
    commit: typeof commit === 'string' ? commit : 'unknown',
  });
}
