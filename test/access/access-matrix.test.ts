import { ACCESS, type Access, ANSWERS, type Principal } from '../../lib/access/access-matrix';
import { baselineTemplate, type Statement, statements } from '../synth';

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

test.each(tasks('administratorWithoutMfa', 'no'))('without MFA denied: $task', ({ actions }) => {
  for (const action of actions) expect(withSid('DenyWithoutMfa')?.NotAction).not.toContain(action);
});

test.each(tasks('administratorWithoutMfa', 'yes', 'console'))('without MFA allowed: $task', ({ actions }) => {
  for (const action of actions) expect(withSid('DenyWithoutMfa')?.NotAction).toContain(action);
});

test('enrolment is what an access key can’t do', () => {
  const byKey = withSid('DenyEnrolmentByAccessKey')?.Action;
  const answers = ACCESS.filter(({ actions }) => actions.some((action) => matches(action, byKey)));
  expect(answers.map(({ may }) => may.administratorWithoutMfa)).toEqual(['console']);
});

/** What the guard denies, and what topics deny themselves. */
const denied = [guard, ...statements(TEMPLATE, 'AWS::SNS::TopicPolicy')].flatMap((statement) =>
  statement?.Effect === 'Deny' ? (statement.Action ?? []) : [],
);

test.each(tasks('administrator', 'stack'))('guarded: $task', ({ actions }) => {
  expect(actions.filter((action) => !matches(action, denied))).toEqual([]);
});

test.each(tasks('billingViewer', 'yes', 'no'))(
  'by the own policy of billing viewers: $task',
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
});
