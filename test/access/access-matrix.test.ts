import { ACCESS, type Access, ANSWERS, type Principal } from '../../lib/access/access-matrix';
import { baselineTemplate, type Statement, statements } from '../synth';
import { eachOf } from '../each-of';

type Answer = Access['may'][Principal['id']];

const TEMPLATE = baselineTemplate({ billing: { viewers: ['carol'] } });

/** Statements of the own policies of a group. */
const statementsOf = (group: string) =>
  Object.values(
    TEMPLATE.findResources('AWS::IAM::Policy', { Properties: { Groups: [{ Ref: group }] } }) as Record<
      string,
      { Properties: { PolicyDocument: { Statement: Statement[] } } }
    >,
  ).flatMap(({ Properties }) => Properties.PolicyDocument.Statement);

const STATEMENTS = statementsOf('AdminAccessGroup');

const matches = (action: string, patterns: string | readonly string[] = []) =>
  [patterns].flat().some((pattern) => new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(action));

const withSid = (sid: string) => STATEMENTS.find(({ Sid }) => Sid === sid);

const guard = withSid('DenyTampering');

const tasks = (principal: Principal['id'], ...answers: Answer[]) =>
  ACCESS.filter(({ may, actions }) => actions.length > 0 && answers.includes(may[principal]));

const taskOf = ({ task }: { readonly task: string }) => task;

eachOf(tasks('administratorWithoutMfa', 'no'), taskOf)('without MFA, it is denied', ({ actions }) => {
  for (const action of actions) expect(withSid('DenyWithoutMfa')?.NotAction).not.toContain(action);
});

eachOf(tasks('administratorWithoutMfa', 'yes', 'console'), taskOf)(
  'without MFA, it is allowed',
  ({ actions }) => {
    for (const action of actions) expect(withSid('DenyWithoutMfa')?.NotAction).toContain(action);
  },
);

test('enrolment is what an access key can’t do', () => {
  const byKey = withSid('DenyEnrolmentByAccessKey')?.Action;
  const answers = ACCESS.filter(({ actions }) => actions.some((action) => matches(action, byKey)));
  expect(answers.map(({ may }) => may.administratorWithoutMfa)).toEqual(['console']);
});

/** What the guard denies, and what topics deny themselves. */
const denied = [guard, ...statements(TEMPLATE, 'AWS::SNS::TopicPolicy')].flatMap((statement) =>
  statement?.Effect === 'Deny' ? (statement.Action ?? []) : [],
);

eachOf(tasks('administrator', 'stack'), taskOf)('the guard denies it', ({ actions }) => {
  expect(actions.filter((action) => !matches(action, denied))).toEqual([]);
});

eachOf(tasks('billingViewer', 'yes', 'no'), taskOf)(
  'the own policy of billing viewers allows it, if the matrix says so',
  ({ actions, may }) => {
    const allowed = statementsOf('BillingAccessViewersGroup')
      .filter(({ Effect }) => Effect === 'Allow')
      .flatMap(({ Action }) => Action ?? []);
    for (const action of actions) expect(matches(action, allowed)).toBe(may.billingViewer === 'yes');
  },
);

test('root is allowed everything, and whoever lacks MFA no more than with it', () => {
  for (const { may } of ACCESS) {
    expect(may.root).toBe('yes');
    if (may.administratorWithoutMfa !== 'no') expect(may.administrator).toBe('yes');
  }
});

test('no answer is without its meaning, and none without its use', () => {
  const used = new Set(ACCESS.flatMap(({ may }) => Object.values(may)));
  expect([...used].sort()).toEqual(Object.keys(ANSWERS).sort());
  const names = Object.values(ANSWERS).map(({ name }) => name);
  expect(new Set(names.filter(Boolean)).size).toBe(used.size);
  for (const { means } of Object.values(ANSWERS)) expect(means).toMatch(/\.$/);
});
