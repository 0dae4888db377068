import { type RemovalPolicy } from 'aws-cdk-lib';
import { AccountRootPrincipal, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnKey, Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { denyOutsideCloudFormation } from '../functions/through-cloudformation';

/** Properties of `customerKey`. */
export interface CustomerKeyProps {
  /**
   * Alias of the key, such as `alias/account-baseline`. A physical name, because people pick it in the
   * console.
   */
  readonly alias: string;
  /** What happens to the key when you delete the stack. */
  readonly removalPolicy: RemovalPolicy;
}

/**
 * Creates the key for logs and messages. The constructs that use it extend its policy for their services.
 *
 * Only root and CloudFormation can disable the key or change its policy, whatever the caller's own policies
 * allow.
 */
export function customerKey(scope: Construct, id: string, props: CustomerKeyProps): Key {
  const key = new Key(scope, id, {
    ...props,
    description: 'Encrypts the logs and messages of the account baseline.',
    enableKeyRotation: true,
    policy: new PolicyDocument({
      statements: [
        // Without this statement, nobody could change the key policy:
        // https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
        new PolicyStatement({
          sid: 'AccountAdministersKey',
          principals: [new AccountRootPrincipal()],
          actions: ['kms:*'],
          resources: ['*'],
        }),
        denyOutsideCloudFormation({
          sid: 'DenyTampering',
          actions: ['kms:Disable*', 'kms:PutKeyPolicy', 'kms:RevokeGrant', 'kms:ScheduleKeyDeletion'],
        }),
      ],
    }),
  });
  const { defaultChild } = key.node;
  if (defaultChild instanceof CfnKey) {
    // KMS refuses a policy that denies its caller later changes, unless asked not to check. Here, they are
    // possible through CloudFormation, and for root in any case.
    // https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html#prevent-unmanageable-key
    defaultChild.bypassPolicyLockoutSafetyCheck = true;
  }
  return key;
}
