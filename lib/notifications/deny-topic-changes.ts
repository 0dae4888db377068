import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { denyOutsideCloudFormation } from '../functions/through-cloudformation';

/**
 * Statements for a topic's policy that deny changes to users and roles, whatever their own policies allow.
 * People with MFA can subscribe an address manually. `sns:PutDataProtectionPolicy`,
 * `sns:SetSubscriptionAttributes`, and `sns:Unsubscribe` are not among the actions that SNS accepts here; the
 * guard denies them to administrators.
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-language-api-permissions-reference.html
 *
 * @param peopleRoleArns ARNs of roles for people
 */
export function denyTopicChanges(peopleRoleArns: readonly string[] = []): PolicyStatement[] {
  return [
    denyOutsideCloudFormation({
      sid: 'DenyTampering',
      actions: ['sns:AddPermission', 'sns:DeleteTopic', 'sns:RemovePermission', 'sns:SetTopicAttributes'],
    }),
    denyOutsideCloudFormation({
      sid: 'DenySubscribingWithoutMfa',
      actions: ['sns:Subscribe'],
      exemptPeople: true,
      peopleRoleArns,
    }),
  ];
}
