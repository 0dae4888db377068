import { type RemovalPolicy } from 'aws-cdk-lib';
import { AccountRootPrincipal, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';

export interface CustomerKeyProps {
  /**
   * Alias of the key, such as `alias/account-baseline`. A physical name, because people pick it in the
   * console.
   */
  readonly alias: string;
  /** What happens to the key when you delete the stack. */
  readonly removalPolicy: RemovalPolicy;
}

/** The key for logs and messages. The constructs that encrypt with it admit their services. */
export function customerKey(scope: Construct, id: string, props: CustomerKeyProps): Key {
  return new Key(scope, id, {
    ...props,
    description: 'Encrypts the logs and messages of the account baseline.',
    enableKeyRotation: true,
    policy: new PolicyDocument({
      statements: [
        // Without it, nobody could change the key policy any more:
        // https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
        new PolicyStatement({
          sid: 'AccountAdministersKey',
          principals: [new AccountRootPrincipal()],
          actions: ['kms:*'],
          resources: ['*'],
        }),
      ],
    }),
  });
}
