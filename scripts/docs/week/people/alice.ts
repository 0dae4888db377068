import { ACCOUNT } from '../../silencing/deployed';
import { at, daily, type Habit, inTurn, WORKDAYS } from '../habit';
import { call, denied, failing, signIn, signInPage, through, unproven, user } from '../record';

const ADDRESS = '198.51.100.7';
const ALICE = user('alice', ADDRESS);
const DEVICE = `arn:aws:iam::${ACCOUNT}:mfa/alice`;
const SPARE = `arn:aws:iam::${ACCOUNT}:mfa/alice-spare`;

/** What the pages of the console ask for when somebody opens them. */
const PAGES: Readonly<Record<string, readonly string[]>> = {
  ec2: ['DescribeInstances', 'DescribeVpcs', 'DescribeSecurityGroups', 'DescribeRouteTables'],
  s3: ['ListBuckets', 'GetBucketPolicy', 'GetBucketPolicyStatus', 'GetBucketAcl'],
  iam: ['ListUsers', 'ListAccessKeys', 'ListAttachedUserPolicies', 'GetAccountPasswordPolicy'],
  cloudtrail: ['DescribeTrails', 'GetTrailStatus', 'LookupEvents'],
  monitoring: ['DescribeAlarms', 'ListMetrics', 'GetMetricData'],
  logs: ['DescribeLogGroups', 'DescribeMetricFilters', 'FilterLogEvents'],
  lambda: ['ListFunctions20150331', 'GetFunction20150331v2', 'GetPolicy20150331v2'],
  ce: ['GetCostAndUsage'],
  budgets: ['DescribeBudgets'],
};

/** The administrator signs in with MFA each day, after a typing error on Thursday. */
export const alice: Habit = {
  title: 'Alice, administrator',
  records: () => [
    ...daily(WORKDAYS, '08:30', 15, (day) => [
      ...(day === 'Thu' ? [wrongPassword] : []),
      signInPage(unproven('alice', ADDRESS), 'CheckMfa', {
        additionalEventData: { MfaType: 'Virtual MFA' },
      }),
      signIn(ALICE, { MFAIdentifier: DEVICE, MFAUsed: 'Yes' }),
    ]),
    ...daily(WORKDAYS, '08:33', 5, () => [
      ...Object.entries(PAGES).flatMap(([service, reads]) => reads.map((read) => call(ALICE, service, read))),
      // Pages ask for features that nobody uses here.
      denied(ALICE, 'organizations', 'ListDelegatedAdministrators'),
      denied(ALICE, 'cost-optimization-hub', 'ListEnrollmentStatuses'),
      failing(
        call(ALICE, 's3', 'GetBucketLifecycle', { bucketName: 'example-orders-data', lifecycle: '' }),
        'NoSuchLifecycleConfiguration',
        'The lifecycle configuration does not exist',
      ),
      call(through('resource-explorer-2', ALICE), 'tagging', 'GetResources'),
    ]),
    // A manual change, which the next deployment makes permanent.
    ...inTurn(at('Tue', '14:10'), 30, [
      call(ALICE, 'iam', 'ListRolePolicies', { roleName: 'OrdersTask' }),
      call(ALICE, 'iam', 'PutRolePolicy', {
        roleName: 'OrdersTask',
        policyName: 'ReadInvoices',
        policyDocument:
          '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::example-invoices/*"}]}',
      }),
    ]),
    // A new phone, and the password that is due.
    ...inTurn(at('Wed', '09:05'), 20, [
      call(ALICE, 'iam', 'CreateVirtualMFADevice', { path: '/', virtualMFADeviceName: 'alice-spare' }),
      call(ALICE, 'iam', 'EnableMFADevice', { userName: 'alice', serialNumber: SPARE }),
      call(ALICE, 'iam', 'ListMFADevices', { userName: 'alice' }),
      call(ALICE, 'iam', 'ChangePassword'),
    ]),
  ],
};

const wrongPassword = signIn(
  unproven('alice', ADDRESS),
  { MFAUsed: 'No' },
  { errorMessage: 'Failed authentication', responseElements: { ConsoleLogin: 'Failure' } },
);
