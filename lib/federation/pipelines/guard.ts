import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { ProtectedResource } from '../../access/guard';

/**
 * Actions on the resources of pipelines that are denied outside CloudFormation. The guard of the suite
 * already protects the roles, by their names.
 *
 * @param prefix prefix of the stack names
 * @param providers URLs of the providers that the suite creates, without the scheme
 */
export function protectPipelines(
  scope: Construct,
  prefix: string,
  providers: readonly string[],
): ProtectedResource[] {
  const arn = (resource: string, resourceName: string) =>
    Stack.of(scope).formatArn({ service: 'iam', region: '', resource, resourceName });
  return [
    {
      actions: ['iam:CreatePolicyVersion', 'iam:DeletePolicy*', 'iam:SetDefaultPolicyVersion'],
      resources: [arn('policy', `${prefix}-*`)],
    },
    {
      // With another audience, a token that was meant for somebody else would fit.
      actions: [
        'iam:AddClientIDToOpenIDConnectProvider',
        'iam:DeleteOpenIDConnectProvider',
        'iam:RemoveClientIDFromOpenIDConnectProvider',
        'iam:UpdateOpenIDConnectProviderThumbprint',
      ],
      resources: providers.map((host) => arn('oidc-provider', host)),
    },
  ].filter(({ resources }) => resources.length > 0);
}
