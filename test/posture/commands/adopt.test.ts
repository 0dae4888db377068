import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BaselineOptions, defineBaseline } from '../../../lib/config/config';
import { adopt, type Ask } from '../../../lib/posture/commands/adopt';
import type { Options } from '../../../lib/posture/commands/options';
import type { Surroundings } from '../../../lib/posture/snapshot';
import { SMALLEST } from '../../smallest';
import { REGION, WELL } from '../snapshot';
import { NEW, NO_ROLES } from '../surroundings';

let surroundings: Surroundings;

jest.mock<object>('../../../lib/stacks/templates', () => jest.requireActual('./templates-once'));
jest.mock('../../../lib/posture/collect/account', () => ({ readCaller: () => WELL.caller }));
jest.mock('../../../lib/posture/collect/preflight', () => ({ collectSurroundings: () => surroundings }));

const ACCOUNT = WELL.caller.account;
const CONFIGURATION = `import { defineBaseline } from 'aws-account-baseline';

export default defineBaseline({
  administrators: ['alice'],
  notifications: { emails: ['security@example.com'] },
});
`;
/** An account in which somebody has set a password policy and started a trail. */
const USED: Partial<Surroundings> = {
  passwordPolicy: { value: { MinimumPasswordLength: 8, MaxPasswordAge: 90 } },
  trails: {
    value: [
      {
        trail: {
          Name: 'old-trail',
          TrailARN: `arn:aws:cloudtrail:${REGION}:${ACCOUNT}:trail/old-trail`,
          HomeRegion: REGION,
          IsMultiRegionTrail: true,
          IncludeGlobalServiceEvents: true,
          LogFileValidationEnabled: true,
          CloudWatchLogsLogGroupArn: `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:old-trail:*`,
        },
        status: { value: { IsLogging: true } },
      },
    ],
  },
};

let folder: string;
let config: string;
let plan: string;
const printed = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
const said = jest.spyOn(console, 'error').mockImplementation();

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'adopt-'));
  config = join(folder, 'baseline.config.ts');
  plan = join(folder, 'adopt.json');
  writeFileSync(config, CONFIGURATION);
  surroundings = { ...NEW, ...USED };
  printed.mockClear();
  said.mockClear();
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

afterAll(() => {
  jest.restoreAllMocks();
});

async function run(more: Partial<Options> = {}, ask?: Ask, configured: BaselineOptions = SMALLEST) {
  const options: Options = { config, color: false, quiet: true, region: REGION, ...more };
  const code = await adopt(options, defineBaseline(configured), ask);
  return { code, text: printed.mock.calls.join(''), said: said.mock.calls.flat() };
}

/** Somebody who answers in this order, and the questions. */
function answering(...answers: readonly string[]) {
  const left = [...answers];
  const asked: string[] = [];
  const ask: Ask = (question) => {
    asked.push(question);
    return Promise.resolve(left.shift() ?? '');
  };
  return { ask, asked };
}

test('each decision is asked with its choices, and the summary shows what would be written', async () => {
  const { ask, asked } = answering('', ' 1 ', 'n');
  const { code, text, said: errors } = await run({ plan }, ask);
  expect(code).toBe(1);
  const [trail, policy, confirmation] = asked;
  expect(trail).toBe(`
Trail old-trail: It records every Region and delivers to old-trail. If you do not adopt it, the baseline creates another trail. CloudTrail charges 2 USD per 100,000 management events for each additional copy.
  1. Read the log group old-trail.
  2. Create another trail. CloudTrail charges 2 USD per 100,000 management events for each additional copy.
Your choice [1]: `);
  expect(policy).toMatch(
    /^\nPassword policy: .*\n {2}1\. Keep what is stricter: .*\.\n {2}2\. Set .*\.\nYour choice \[1\]: $/,
  );
  expect(confirmation).toBe(`\nWrite ${config}, ${plan}? [y/N] `);
  expect(text).toBe(`Decisions
  Trail old-trail: Read the log group old-trail.
  Password policy: Keep what is stricter: expiry after 90 days.

Index: ${config}
===================================================================
--- ${config}
+++ ${config}
@@ -3,4 +3,5 @@
 export default defineBaseline({
   administrators: ['alice'],
   notifications: { emails: ['security@example.com'] },
+  auditTrail: { existingLogGroup: 'old-trail' },
 });

Next
  $ npx cdk deploy --all
  $ npx aws-account-baseline verify
`);
  expect(errors).toEqual(['Nothing was written.']);
  expect(readFileSync(config, 'utf8')).toBe(CONFIGURATION);
  expect(existsSync(plan)).toBe(false);
});

test('what is confirmed is written, with the decisions, which need no question the next time', async () => {
  const { ask } = answering('', '', 'YES');
  const { code, said: errors } = await run({ plan }, ask);
  expect(code).toBe(0);
  expect(errors).toEqual([`${config} was written.`, `${plan} was written.`]);
  expect(readFileSync(config, 'utf8')).not.toBe(CONFIGURATION);
  const document = JSON.parse(readFileSync(plan, 'utf8')) as { decisions: object };
  expect(document).toEqual({
    version: 1,
    account: ACCOUNT,
    decisions: { 'Trail old-trail': 'adopt', 'Password policy': 'keep' },
  });
  // A decision that no longer arises stays.
  writeFileSync(plan, JSON.stringify({ ...document, decisions: { ...document.decisions, Other: 'x' } }));
  const again = answering('y');
  await run({ plan }, again.ask);
  expect(again.asked).toEqual([expect.stringMatching(/^\nWrite .*adopt\.json\? \[y\/N\] $/)]);
  expect(JSON.parse(readFileSync(plan, 'utf8'))).toMatchObject({ decisions: { Other: 'x' } });
});

test('an answer that is not a choice is asked for again', async () => {
  const { ask, asked } = answering('9', 'no', '2', '1');
  // Another trail and the stricter values are what the deployment does anyway: nothing is to be written.
  expect(await run({}, ask)).toMatchObject({ code: 0, said: [] });
  expect(asked.map((question) => /^\n([^:\n]+)/.exec(question)?.[1])).toEqual([
    ...['Trail old-trail', 'Trail old-trail', 'Trail old-trail', 'Password policy'],
  ]);
});

test('--yes takes the first choice of each, and JSON has what was decided', async () => {
  const { code, text, said: errors } = await run({ yes: true, json: true });
  expect(code).toBe(0);
  expect(JSON.parse(text)).toEqual({
    schemaVersion: 1,
    account: ACCOUNT,
    answers: [
      { what: 'Trail old-trail', choice: 'adopt' },
      { what: 'Password policy', choice: 'keep' },
    ],
    imports: {},
    files: [config],
    open: [],
  });
  expect(errors).toEqual([`${config} was written.`]);
});

test('a new account has nothing to decide, and nothing to write', async () => {
  surroundings = NEW;
  const { code, text, said: errors } = await run();
  expect({ code, errors }).toEqual({ code: 0, errors: [] });
  expect(text).toBe(`Decisions
  Nothing to decide.

Next
  $ npx cdk deploy --all
  $ npx aws-account-baseline verify
`);
});

test('what still stops the deployment is named with its remedy, and fails the command', async () => {
  const full = { AccountAccessKeysPresent: 0, Users: 5000, UsersQuota: 5000, Groups: 0, GroupsQuota: 300 };
  const mine = { Name: 'account-baseline', TrailARN: 'arn', HomeRegion: REGION };
  surroundings = {
    ...NEW,
    summary: { value: full },
    trails: { value: [{ trail: mine, status: { value: { IsLogging: false } } }] },
  };
  const { code, text } = await run({ yes: true });
  expect(code).toBe(1);
  expect(text).toBe(`Decisions
  Nothing to decide.

Still blocking the deployment
  Trail account-baseline: A trail with this name already exists outside the stack.
    Delete it if it is no longer needed. Its log files stay in their bucket.
    $ aws cloudtrail delete-trail --name account-baseline --region eu-central-1
  Quota for users: The account has 5000, the baseline adds 1, and the quota is 5000.
    Request a higher quota in Service Quotas, or delete unused resources.

Next
  $ npx aws-account-baseline adopt
`);
});

test('what has a name in the template is imported with the deployment, anything else before it', async () => {
  const config = { ...SMALLEST, detectors: { guardDuty: true } };
  surroundings = {
    ...NEW,
    detector: { value: 'd1' },
    people: {
      value: { ...NO_ROLES, users: [], groups: [{ GroupName: 'Administrators', Arn: 'arn', Path: '/' }] },
    },
  };
  writeFileSync(
    plan,
    JSON.stringify({
      version: 1,
      account: ACCOUNT,
      decisions: { 'Group Administrators': 'import', GuardDuty: 'import' },
    }),
  );
  const { ask, asked } = answering('n');
  const { text } = await run({ plan }, ask, config);
  expect(asked).toEqual([expect.stringContaining('Write AccountBaseline-Detectors.import.json, ')]);
  expect(text).toBe(`Decisions
  Group Administrators: Import it into the stack.
  GuardDuty: Import it into the stack, which then configures it, and deletes it when it is removed.

Next
  $ npx cdk import AccountBaseline-Detectors --resource-mapping AccountBaseline-Detectors.import.json --force
  $ npx cdk deploy --all --import-existing-resources
  $ npx aws-account-baseline verify
`);
});

test('with nobody to ask, the question that is open is a usage error', async () => {
  await expect(run()).rejects.toThrow(
    /^adopt needs a terminal, or --yes for the first choice of each question, or --plan with a decision about "Trail old-trail": adopt, /,
  );
});

test.each([
  ['{', /^--plan could not be read from .*adopt\.json: .* in JSON at position 1/],
  [
    '{"version": 2, "account": "1", "decisions": {}}',
    /adopt\.json:\n {2}- plan\.version: must be 1; received 2\n {2}- plan\.account: must be an account ID of 12 digits; received "1"$/,
  ],
  [
    '{"version": 1, "account": "999999999999", "decisions": {}}',
    new RegExp(`^--plan .*adopt\\.json is for account 999999999999, but you are in ${ACCOUNT}$`),
  ],
])('the plan %s is a usage error', async (document, message) => {
  writeFileSync(plan, document);
  await expect(run({ plan, yes: true })).rejects.toThrow(message);
});
