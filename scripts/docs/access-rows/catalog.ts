import type { Answer as Cell, Principal } from '../../../lib/access/access-matrix';
import {
  ACCESS_KEY,
  ALICE,
  type Answer,
  CAROL,
  type Context,
  no,
  VIA_CLOUDFORMATION,
  WITH_MFA,
  WITHOUT_MFA,
  yes,
} from './request';

/** What the tasks of lib/access/access-matrix.ts are tried on; actions that are not here know no resource. */
export const TRIED_ON: Readonly<Record<string, string>> = {
  'iam:CreateVirtualMFADevice': 'arn:aws:iam::${AWS::AccountId}:mfa/phone',
  'ec2:RunInstances': 'arn:aws:ec2:us-east-1:${AWS::AccountId}:instance/i-1',
  's3:PutObject': 'arn:aws:s3:::site/index.html',
  'iam:CreateUser': 'arn:aws:iam::${AWS::AccountId}:user/bob',
  'iam:AttachUserPolicy': 'arn:aws:iam::${AWS::AccountId}:user/bob',
  'cloudformation:CreateChangeSet':
    'arn:aws:cloudformation:us-east-1:${AWS::AccountId}:stack/AccountBaseline-Access/id',
  'cloudformation:ExecuteChangeSet':
    'arn:aws:cloudformation:us-east-1:${AWS::AccountId}:stack/AccountBaseline-Access/id',
  'iam:RemoveUserFromGroup': '${AdminAccessGroup.Arn}',
  'cloudtrail:StopLogging': '${AuditTrailTrail.Arn}',
  'cloudtrail:DeleteTrail': '${AuditTrailTrail.Arn}',
  's3:PutBucketPolicy': '${AuditTrailBucket.Arn}',
  's3:DeleteBucket': '${AuditTrailBucket.Arn}',
  'cloudwatch:DisableAlarmActions':
    'arn:aws:cloudwatch:us-east-1:${AWS::AccountId}:alarm:AccountBaseline-Alarms-AlarmsRootUser-1A2B3C',
  'cloudwatch:DeleteAlarms':
    'arn:aws:cloudwatch:us-east-1:${AWS::AccountId}:alarm:AccountBaseline-Alarms-AlarmsRootUser-1A2B3C',
  'sns:DeleteTopic': '${NotificationsTopic}',
  'billing:GetBillingDetails': 'arn:aws:billing::${AWS::AccountId}:billingview/primary',
  'ce:GetCostAndUsage': 'arn:aws:billing::${AWS::AccountId}:billingview/primary',
};

/** Tried on the caller's own user. */
export const TRIED_ON_ONESELF: readonly string[] = [
  'iam:ChangePassword',
  'iam:EnableMFADevice',
  'iam:DeactivateMFADevice',
];

/** ARN of each principal of the catalogue. */
export const PRINCIPAL: Readonly<Record<Principal['id'], string>> = {
  root: 'arn:aws:iam::${AWS::AccountId}:root',
  administrator: ALICE,
  administratorWithoutMfa: ALICE,
  billingViewer: CAROL,
};

/** What IAM must answer, in which session, so that a cell of the catalogue is true. */
export function mustBe(principal: Principal['id'], cell: Cell): readonly (readonly [Context, Answer])[] {
  const allowed = cell === 'no' ? no : yes;
  switch (principal) {
    case 'root':
      return [[WITHOUT_MFA, allowed]];
    case 'administrator':
      return cell === 'stack'
        ? [
            [WITH_MFA, no],
            [VIA_CLOUDFORMATION, yes],
          ]
        : [[WITH_MFA, allowed]];
    case 'administratorWithoutMfa':
      return [
        [WITHOUT_MFA, allowed],
        [ACCESS_KEY, cell === 'console' ? no : allowed],
      ];
    case 'billingViewer':
      // `activated` is a switch that root sets; no policy knows it.
      return [[WITH_MFA, allowed]];
  }
}
