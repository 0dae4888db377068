import {
  validateResourceControlPolicy,
  validateServiceControlPolicy,
  type ValidationError,
} from '@cloud-copilot/iam-policy';
import fc from 'fast-check';
import { ACCESS } from '../../../lib/access/access-matrix';
import { POLICIES } from '../../../lib/organization/policies';
import type { Denial, PolicyName, PolicyType } from '../../../lib/organization/policies/policy';
import { MAXIMUM_SIZE, sizeOf } from '../../../lib/organization/policies/size';
import { deploymentActions } from '../../../lib/posture/deployment-actions';
import { SETTINGS } from '../../../lib/settings/settings';
import { REGIONS } from '../../../lib/fields/regions';
import { EVERYTHING } from '../../everything';
import { actionsNamed } from '../../iam-actions';
import { runs } from '../../properties/runs';
import { stackTemplate } from '../../synth';
import { ROWS } from './rows';
import { isAllowed, isAllowedUnchecked, MEMBER, OPTIONS, WHO } from './simulate';

const named = (...names: readonly PolicyName[]) => POLICIES.filter(({ name }) => names.includes(name));
const statementsOf = (policy: (typeof POLICIES)[number], options = OPTIONS) =>
  (policy.document(options) as { readonly Statement?: readonly Denial[] }).Statement ?? [];

describe('a policy', () => {
  test('denies what it should, lets the rest pass, and nothing else denies it', async () => {
    const wrong = await Promise.all(
      ROWS.map(async (row) => {
        const [without, withIt] = await Promise.all([isAllowed([], row), isAllowed(named(row.policy), row)]);
        return without && withIt === !row.denied
          ? []
          : [`${row.policy}: ${row.shows} (without it: ${String(without)}, with it: ${String(withIt)})`];
      }),
    );
    expect(wrong.flat()).toEqual([]);
  });

  test('has a denied and an allowed row for each of its statements', () => {
    const denying = POLICIES.filter(({ type }) => type !== 'DECLARATIVE_POLICY_EC2');
    for (const policy of denying) {
      const rows = ROWS.filter((row) => row.policy === policy.name);
      expect(rows.some(({ denied }) => !denied)).toBe(true);
      for (const statement of statementsOf(policy)) {
        // Without its statement, a row that was denied passes.
        const weakened = {
          ...policy,
          document: (options: typeof OPTIONS) => ({
            Version: '2012-10-17',
            Statement: statementsOf(policy, options).filter(({ Sid }) => Sid !== statement.Sid),
          }),
        };
        expect([
          statement.Sid,
          rows.some((row) => row.denied && isAllowedUnchecked([weakened], row)),
        ]).toEqual([statement.Sid, true]);
      }
    }
  });

  test('names actions that AWS has', async () => {
    const known: readonly string[] = ['a4b', 'aws-portal', 'consoleapp', 'importexport', 'mobileanalytics'];
    const actions = POLICIES.flatMap((policy) => statementsOf(policy))
      .flatMap(({ Action = [], NotAction = [] }) => [Action, NotAction].flat())
      .filter((action) => action !== '*' && !known.includes(action.split(':')[0] ?? ''));
    const found = await Promise.all(
      [...new Set(actions)].map(async (action) => ({
        action,
        all: await actionsNamed(action).catch(() => []),
      })),
    );
    expect(found.filter(({ all }) => all.length === 0).map(({ action }) => action)).toEqual([]);
  });

  test('needs at most half of what AWS allows, without exceptions', () => {
    const options = { ...OPTIONS, exceptAccounts: [], trustedAccounts: [] };
    expect(
      POLICIES.filter((policy) => sizeOf(policy, options) > MAXIMUM_SIZE[policy.type] / 2).map(
        ({ name }) => name,
      ),
    ).toEqual([]);
  });

  test('is valid, only denies, and grows by its exceptions alone, whatever these are', () => {
    const validate: Readonly<Record<PolicyType, (document: object) => ValidationError[]>> = {
      SERVICE_CONTROL_POLICY: validateServiceControlPolicy,
      RESOURCE_CONTROL_POLICY: validateResourceControlPolicy,
      DECLARATIVE_POLICY_EC2: () => [],
    };
    const account = fc.stringMatching(/^\d{12}$/);
    const options = fc.record({
      organizationId: fc.stringMatching(/^o-[a-z0-9]{10}$/),
      prefix: fc.stringMatching(/^[A-Za-z][A-Za-z0-9]{0,23}$/),
      exceptAccounts: fc.uniqueArray(account, { maxLength: 60 }),
      trustedAccounts: fc.uniqueArray(account, { maxLength: 60 }),
      regions: fc.subarray([...REGIONS], { minLength: 1 }),
      settings: fc.subarray([...OPTIONS.settings]),
      unitsWithout: fc.constantFrom(OPTIONS.unitsWithout, {}),
    });
    fc.assert(
      fc.property(fc.constantFrom(...POLICIES), options, (policy, drawn) => {
        const document = policy.document(drawn);
        expect(JSON.parse(JSON.stringify(document))).toEqual(document);
        expect(validate[policy.type](document)).toEqual([]);
        expect(JSON.stringify(document)).not.toMatch(/"Effect":"(?!Deny")/);
        expect(JSON.stringify(document)).not.toMatch(/\[\]|\{\}|undefined/);
        const { exceptAccounts, trustedAccounts } = drawn;
        const entries = exceptAccounts.length + trustedAccounts.length;
        // Four statements at most, each with a key, and 15 characters an account.
        const bare = sizeOf(policy, { ...drawn, exceptAccounts: [], trustedAccounts: [] });
        expect(sizeOf(policy, drawn) - bare).toBeLessThanOrEqual(4 * (120 + 15 * entries));
      }),
      runs(60),
    );
  });
});

describe('all policies together', () => {
  const enforced = POLICIES;
  const elsewhere = { 'aws:RequestedRegion': 'ap-southeast-1' };
  /** Calls that are denied of those that must not be. */
  const denied = (who: string, actions: readonly string[], on: readonly string[], context = {}) =>
    actions.flatMap((action) =>
      on
        .filter((one) => !isAllowedUnchecked(enforced, { who, action, on: one, account: MEMBER, context }))
        .map((one) => `${action} on ${one}`),
    );

  const BASELINE = [
    '*',
    `arn:aws:iam::${MEMBER}:role/StackSet-AccountBaseline-SettingsRole-AbCdEf`,
    `arn:aws:lambda:ap-southeast-1:${MEMBER}:function:StackSet-AccountBaseline-Settings-AbCdEf`,
    `arn:aws:logs:ap-southeast-1:${MEMBER}:log-group:StackSet-AccountBaseline-FunctionLogs-AbCdEf`,
  ];

  test.each(['stackSets', 'recovery', 'controlTower'] as const)(
    'deny nothing of a deployment to %s, in any Region',
    (who) => {
      const { direct, byCloudFormation } = deploymentActions([
        stackTemplate('Settings', EVERYTHING).toJSON(),
      ]);
      expect(byCloudFormation.length).toBeGreaterThan(5);
      expect(denied(WHO[who], [...direct, ...byCloudFormation], BASELINE, elsewhere)).toEqual([]);
    },
  );

  test('deny nothing to the function that applies and restores settings, in any Region', () => {
    const actions = SETTINGS.flatMap(({ permissions }) => permissions.flatMap((one) => [...one.actions]));
    expect(actions.length).toBeGreaterThan(20);
    const parameter = `arn:aws:ssm:eu-central-1:${MEMBER}:parameter/account-baseline/settings/ImdsV2`;
    expect(denied(WHO.settingsFunction, actions, ['*'], elsewhere)).toEqual([]);
    expect(denied(WHO.settingsFunction, ['ssm:GetParameter', 'ssm:PutParameter'], [parameter])).toEqual([]);
  });

  test('deny no task of a central root session, in any Region', () => {
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user-privileged-task.html
    const tasks = [
      'iam:CreateLoginProfile',
      'iam:DeactivateMFADevice',
      'iam:DeleteAccessKey',
      'iam:DeleteLoginProfile',
      'iam:DeleteSigningCertificate',
      'iam:DeleteVirtualMFADevice',
      'iam:GetAccountSummary',
      'iam:GetLoginProfile',
      'iam:ListAccessKeys',
      's3:DeleteBucketPolicy',
      's3:GetBucketPolicy',
      's3:PutBucketPolicy',
      'sqs:GetQueueAttributes',
      'sqs:SetQueueAttributes',
    ];
    expect(denied(WHO.root, tasks, ['*'], { ...elsewhere, 'aws:AssumedRoot': 'true' })).toEqual([]);
    expect(denied(WHO.root, tasks, ['*'])).toHaveLength(tasks.length);
  });

  test('let break-glass users of the management account in, who may then do everything but leave', () => {
    const on = `arn:aws:iam::${MEMBER}:role/OrganizationAccountAccessRole`;
    expect(denied(WHO.breakGlass, ['sts:AssumeRole'], [on])).toEqual([]);
    const calls = [
      'ec2:TerminateInstances',
      'iam:CreateUser',
      'iam:CreateAccessKey',
      'iam:DeleteRole',
      's3:PutBucketPolicy',
    ];
    expect(denied(WHO.recovery, calls, ['*'], elsewhere)).toEqual([]);
    expect(denied(WHO.recovery, ['organizations:LeaveOrganization'], ['*'])).toHaveLength(1);
  });

  test('of the defaults deny an administrator one task of the access matrix, the password policy', () => {
    const defaults = named('protect', 'root', 'leave');
    const tasks = ACCESS.filter(({ may }) => may.administrator === 'yes');
    expect(tasks.length).toBeGreaterThan(5);
    const stopped = tasks.filter(({ actions }) =>
      actions.some((action) => !isAllowedUnchecked(defaults, { who: WHO.administrator, action })),
    );
    expect(stopped.map(({ task }) => task)).toEqual(['Change the password policy']);
  });
});
