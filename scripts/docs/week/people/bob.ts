import { ACCOUNT } from '../../silencing/deployed';
import { at, daily, type Habit, inTurn, WORKDAYS } from '../habit';
import { call, denied, signIn, signInPage, unproven, user } from '../record';

const ADDRESS = '203.0.113.61';
const WITHOUT_MFA = user('bob', ADDRESS, false);
const BOB = user('bob', ADDRESS);
const DEVICE = `arn:aws:iam::${ACCOUNT}:mfa/bob`;

/**
 * The new administrator, whose user was deployed last week: the first sign-in without MFA, pages that are
 * denied until there is a device, a password of his own.
 */
export const bob: Habit = {
  title: 'Bob, new administrator',
  records: () => [
    ...inTurn(at('Mon', '09:40'), 20, [
      signInPage(unproven('bob', ADDRESS), 'CheckMfa'),
      signIn(WITHOUT_MFA, { MFAUsed: 'No' }),
      signInPage(WITHOUT_MFA, 'PasswordUpdated'),
      ...['DescribeRegions', 'DescribeInstances'].map((name) => denied(WITHOUT_MFA, 'ec2', name)),
      denied(WITHOUT_MFA, 'ce', 'GetCostAndUsage'),
      denied(WITHOUT_MFA, 'health', 'DescribeEventAggregates'),
      call(WITHOUT_MFA, 'iam', 'GetUser', { userName: 'bob' }),
      call(WITHOUT_MFA, 'iam', 'CreateVirtualMFADevice', { path: '/', virtualMFADeviceName: 'bob' }),
      call(WITHOUT_MFA, 'iam', 'EnableMFADevice', { userName: 'bob', serialNumber: DEVICE }),
    ]),
    ...daily(WORKDAYS, '09:50', 15, () => [
      signInPage(unproven('bob', ADDRESS), 'CheckMfa', { additionalEventData: { MfaType: 'Virtual MFA' } }),
      signIn(BOB, { MFAIdentifier: DEVICE, MFAUsed: 'Yes' }),
      call(BOB, 'cloudformation', 'ListStacks'),
      call(BOB, 'cloudformation', 'DescribeStackEvents', { stackName: 'Orders' }),
      call(BOB, 'ecs', 'ListClusters'),
      call(BOB, 'ecs', 'DescribeServices', { cluster: 'orders', services: ['orders'] }),
      call(BOB, 'logs', 'StartQuery', {
        logGroupName: '/ecs/orders',
        queryString: 'HIDDEN_DUE_TO_SECURITY_REASONS',
      }),
      call(BOB, 'logs', 'GetQueryResults'),
    ]),
  ],
};
