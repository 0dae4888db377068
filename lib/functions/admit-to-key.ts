import { Annotations, Stack } from 'aws-cdk-lib';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { checkProps, construct } from '../fields/check-props';

/**
 * Adds a statement to the policy of a key. The policy of an imported key is not part of the app, so synthesis
 * then warns with the statement that it must have.
 *
 * @throws {Error} if the key is an alias: statements about its ARN allow nothing
 */
export function admitToKey(key: IKey, statement: PolicyStatement): void {
  checkProps({ encryptionKey: construct() }, { encryptionKey: key });
  if ('aliasName' in key) throw new Error(`encryptionKey must be a key, not an alias, got ${key.node.path}`);
  if (key.addToResourcePolicy(statement).statementAdded) return;
  const missing = JSON.stringify(Stack.of(key).resolve(statement.toStatementJson()));
  Annotations.of(key).addWarningV2(
    `aws-account-baseline:importedKey:${statement.sid ?? ''}`,
    `Add this statement to the policy of the imported key, or the service loses what it would encrypt: ${missing}`,
  );
}
