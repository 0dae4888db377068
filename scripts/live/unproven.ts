/** Something that documents say is not proven without an account. */
export interface OpenQuestion {
  readonly id: string;
  readonly question: string;
  /** Where it is said: a document, and its words. */
  readonly said: readonly { readonly in: string; readonly words: string }[];
  /** The step that answers it, or why none can. */
  readonly by: { readonly step: string } | { readonly none: string };
}

const PROOF = 'docs/proof.md';
const SECURITY = 'SECURITY.md';
const ATTEMPTS = 'docs/decisions/049-attempts-and-successes-have-alarms-of-their-own.md';
const COST = 'docs/cost.md';
const ROOT_TASKS = 'docs/runbooks/root-user-tasks.md';
const ONE_MINUTE = 'docs/decisions/051-alarms-of-successes-evaluate-one-minute.md';

/** Every one, in the order of the afternoon. */
export const OPEN_QUESTIONS: readonly OpenQuestion[] = [
  {
    id: 'settings',
    question: 'Does AWS apply, return, and restore what the functions write?',
    said: [
      { in: PROOF, words: 'So the tests prove what the functions ask and write, not that AWS obeys it' },
      {
        in: PROOF,
        words: 'Our own plugins serve most account settings, detectors, budgets, AWS User Notifications',
      },
    ],
    by: { step: 'compare' },
  },
  {
    id: 'names',
    question: 'Do the stacks deploy without a bootstrap, with weak references and the names that they have?',
    said: [
      { in: PROOF, words: 'and weak references' },
      { in: PROOF, words: 'The baseline was not deployed into a real AWS account from here' },
      { in: 'README.md', words: 'It was never deployed into a real AWS account from here' },
      { in: 'docs/compared.md', words: 'This baseline was never deployed into one from here' },
      { in: 'docs/controls.md', words: 'The baseline was not deployed into a real account for this page' },
    ],
    by: { step: 'deploy' },
  },
  {
    id: 'mail',
    question: 'Do SNS and AWS User Notifications deliver, and what do their e-mails look like?',
    said: [{ in: PROOF, words: 'send mail' }],
    by: { step: 'recipients' },
  },
  {
    id: 'patterns',
    question: 'Does CloudWatch Logs decide about each pattern and example as our evaluator does?',
    said: [
      {
        in: PROOF,
        words: 'Tests deliver recorded-shape events and evaluate the deployed filters themselves',
      },
    ],
    by: { step: 'filters' },
  },
  {
    id: 'permissions',
    question: 'Does IAM evaluate the policies as the simulators do, and does it accept each policy?',
    said: [
      { in: PROOF, words: 'It evaluates no IAM policies but the trust of roles' },
      { in: PROOF, words: 'or its permissions' },
    ],
    by: { step: 'simulate' },
  },
  {
    id: 'session-token',
    question:
      'Does IAM refuse to set up a device to a session token without MFA, and to a console session made of it?',
    said: [
      {
        in: SECURITY,
        words:
          'that IAM refuses a console session that comes from an access key by `GetSessionToken` without MFA',
      },
      { in: 'docs/threat-model.md', words: 'not provable here' },
    ],
    by: { step: 'access-key' },
  },
  {
    id: 'events',
    question: 'Do events reach metrics, alarms, and rules, and after how many minutes?',
    said: [
      { in: PROOF, words: 'does not deliver CloudTrail events, publish metrics from filters' },
      { in: PROOF, words: 'delays' },
    ],
    by: { step: 'signals' },
  },
  {
    id: 'delivery-time',
    question:
      'Do CloudTrail’s log events have the time of delivery, so that an alarm of one minute is enough?',
    said: [
      {
        in: SECURITY,
        words:
          'that CloudTrail’s log events carry the time of delivery, on which the alarms of one minute depend',
      },
      {
        in: ONE_MINUTE,
        words:
          'Not verified without an account: public reports say that CloudTrail’s log events carry the time of delivery',
      },
    ],
    by: { step: 'signals' },
  },
  {
    id: 'check-mfa',
    question:
      'Is it logged, and reported, that somebody with root’s password gives up at the prompt for MFA?',
    said: [{ in: ATTEMPTS, words: 'because AWS does not say whether `CheckMfa` is logged' }],
    by: { step: 'root' },
  },
  {
    id: 'called-via',
    question: 'Does CloudFormation pass `aws:CalledVia` on, so that the guard lets deployments pass?',
    said: [
      { in: SECURITY, words: 'that CloudFormation passes `aws:CalledVia` on, on which the denials depend' },
    ],
    by: { step: 'update' },
  },
  {
    id: 'mfa-passed-on',
    question: 'Can an administrator with MFA deploy, whether or not CloudFormation passes MFA on?',
    said: [{ in: SECURITY, words: 'Not proven without an account' }],
    by: { step: 'update' },
  },
  {
    id: 'revert-drift',
    question: 'Does `cdk deploy --revert-drift` bring back what somebody changed?',
    said: [
      { in: PROOF, words: '`cdk deploy --revert-drift` was not tried' },
      { in: 'docs/decisions/155-no-reset-of-passwords.md', words: 'It could not be tried on AWS from here' },
    ],
    by: { step: 'drift' },
  },
  {
    id: 'prices',
    question: 'Is what we take for free free, and the bill as estimated?',
    said: [
      { in: PROOF, words: 'or charge money' },
      { in: 'docs/root-notice.md', words: 'The service is free as far as we know' },
      { in: 'docs/stacks.md', words: 'free, not verified' },
      { in: COST, words: 'not verified' },
      { in: COST, words: 'Assumed, not measured' },
    ],
    by: { step: 'bill' },
  },
  {
    id: 'import',
    question: 'Does `cdk import` adopt an existing detector or hub?',
    said: [{ in: PROOF, words: '`cdk import` was tried on the emulator only' }],
    by: { none: 'It needs an account with a detector, and a configuration with `strict`.' },
  },
  {
    id: 'organization',
    question: 'Do quotas and policies of an organization behave as assumed?',
    said: [
      { in: PROOF, words: 'quotas, and organization policies' },
      { in: 'docs/organization-scale.md', words: 'Minutes are computed from two assumptions' },
    ],
    by: { none: 'It needs an organization with members, and more than an afternoon.' },
  },
  {
    id: 'root-tasks',
    question: 'Do the tasks that need root have the buttons, commands, and events that we name?',
    said: [
      { in: ROOT_TASKS, words: 'were not verified in the console' },
      { in: ROOT_TASKS, words: '**Not verified:**' },
      { in: ROOT_TASKS, words: 'but an empty policy has not been tried' },
    ],
    by: { none: 'Most of them change an account for good. Look when one is due.' },
  },
  {
    id: 'standards',
    question: 'Do the standards say what our copies of them say?',
    said: [{ in: 'docs/controls.md', words: 'Not verified:' }],
    by: { none: 'No account of AWS answers it: read the pages of AWS.' },
  },
  {
    id: 'on-call',
    question: 'Does an integration of PagerDuty for CloudWatch alarms ignore our messages?',
    said: [{ in: 'docs/notifications.md', words: 'We have not tried this' }],
    by: { none: 'It needs an account of PagerDuty.' },
  },
  {
    id: 'release',
    question: 'Does the workflow publish a release?',
    said: [{ in: PROOF, words: 'and neither was publishing a release' }],
    by: { none: 'No account of AWS is part of it: push a tag.' },
  },
];
