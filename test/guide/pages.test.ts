import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { CloudTrailEvent } from '../../emulator/metric-filters';
import { matches } from '../../emulator/filter-pattern';
import { breakGlassUsed } from '../../lib/detections/break-glass-used';
import { DETECTIONS } from '../../lib/detections/rules';
import { PERSON, ROLE_MODE } from '../../scripts/docs/access-rows/people-roles';
import { ALICE, type Request, WITH_MFA } from '../../scripts/docs/access-rows/request';
import { decideChecked } from '../access/simulator';
import { templatePolicies } from '../access/template-policies';
import { standardPolicies } from '../access/templates';
import { deployedFilters } from '../detections/deployed-filters';
import { PREFIX } from '../detections/events/names';
import {
  call,
  type Identity,
  ROOT,
  root,
  signIn,
  signInPage,
  through,
  user,
} from '../detections/events/record';
import { baselineTemplate } from '../synth';
import { claimsOf, claimsWithoutTest } from './claims';
import { anchorsOf, type AwsCommand, awsCommands, type Section, sectionsOf } from './page';

const RUNBOOKS = ['docs/runbooks/people.md', 'docs/runbooks/recovery.md'];
const sectionsOfPage = (path: string): Section[] => sectionsOf(path).slice(1);
const PEOPLE = sectionsOfPage('docs/runbooks/people.md');

const ALICE_WITH_MFA = user('alice', true);
const BREAK_GLASS_USER = user('break-glass-1', true);
const CLOUDFORMATION = through('cloudformation', ALICE_WITH_MFA);
/** Somebody registers a device in a session without MFA. */
const NEW_DEVICE = [
  signIn(user('carol'), 'No'),
  call('iam', 'CreateVirtualMFADevice', user('carol', false)),
  call('iam', 'EnableMFADevice', user('carol', false), { requestParameters: { userName: 'carol' } }),
];
const FIRST_PASSWORD = { secretId: 'AdminAccesscarolPassword0C36DA8E-AbCdEf' };

/** What happens in a section, beside its commands: in the console, and by CloudFormation. */
const EVENTS: Readonly<Record<string, readonly CloudTrailEvent[]>> = {
  'A colleague joins': [
    call('iam', 'CreateUser', CLOUDFORMATION),
    call('iam', 'AddUserToGroup', CLOUDFORMATION),
    call('secretsmanager', 'GetSecretValue', ALICE_WITH_MFA, { requestParameters: FIRST_PASSWORD }),
    call('secretsmanager', 'DeleteSecret', ALICE_WITH_MFA, { requestParameters: FIRST_PASSWORD }),
    ...NEW_DEVICE,
  ],
  'A colleague leaves': [call('iam', 'RemoveUserFromGroup', CLOUDFORMATION)],
  'A colleague loses the phone': NEW_DEVICE,
  'A password was phished': [
    // By the intruder, in a session that Carol opened with MFA.
    call('iam', 'EnableMFADevice', user('carol', true), { requestParameters: { userName: 'carol' } }),
  ],
  'A user is an administrator, and should not be': [
    call('iam', 'AddUserToGroup', CLOUDFORMATION),
    call('iam', 'RemoveUserFromGroup', CLOUDFORMATION),
  ],
  'The address for alarms changes': [
    call('sns', 'Subscribe', CLOUDFORMATION, { requestParameters: { protocol: 'email' } }),
    call('sns', 'Unsubscribe', CLOUDFORMATION),
    call('budgets', 'UpdateBudget', CLOUDFORMATION),
  ],
  'All administrators lost their MFA devices': [signIn(root(), 'Yes'), ...NEW_DEVICE],
  'All administrators are gone': [signIn(root(), 'Yes'), ...NEW_DEVICE],
  'All administrators are gone, but not the break-glass users': [
    signIn(BREAK_GLASS_USER, 'Yes'),
    call('iam', 'CreateUser', through('cloudformation', BREAK_GLASS_USER)),
    call('secretsmanager', 'GetSecretValue', BREAK_GLASS_USER, { requestParameters: FIRST_PASSWORD }),
    ...NEW_DEVICE,
  ],
  'The root password is lost': [
    signInPage('PasswordRecoveryRequested', root()),
    signInPage('PasswordRecoveryCompleted', root()),
  ],
  'The MFA device of root is lost': [signIn(root(), 'Yes'), call('iam', 'EnableMFADevice', ROOT)],
};
/** Sections whose commands root runs. */
const AS_ROOT = ['All administrators lost their MFA devices', 'All administrators are gone'];

const byWhom = (title: string): Identity =>
  AS_ROOT.includes(title) ? ROOT : title.includes('break-glass') ? BREAK_GLASS_USER : ALICE_WITH_MFA;

const filters = deployedFilters();
const policies = standardPolicies();

const filterOf = (id: string) => filters.find(({ detection }) => detection === id)?.pattern ?? '';
const BREAK_GLASS = breakGlassUsed(['break-glass-1', 'break-glass-2']);

/** Detections that send a notification at the first of these events. */
function triggered(events: readonly CloudTrailEvent[]): string[] {
  return [...DETECTIONS, BREAK_GLASS]
    .filter(({ id, threshold, weight = 1, signal, pattern: own }) => {
      const pattern = id === BREAK_GLASS.id ? own : filterOf(id);
      return weight >= (threshold ?? signal.threshold) && events.some((event) => matches(pattern, event));
    })
    .map(({ id }) => id);
}

const commandsOf = ({ blocks }: Section): string[] =>
  blocks.filter(({ language }) => language === 'sh').map(({ text }) => text);

function eventsOf(section: Section, by: Identity): CloudTrailEvent[] {
  const commands = commandsOf(section);
  // The second account reports its own events.
  const deployments = commands
    .flatMap((text) => [...text.matchAll(/^npx cdk deploy .*/gm)])
    .map(() =>
      call('cloudformation', 'ExecuteChangeSet', by, {
        requestParameters: { stackName: `${PREFIX}-Access` },
      }),
    );
  const calls = commands
    .flatMap(awsCommands)
    .map(({ service, operation, options }) => call(service, operation, by, { requestParameters: options }));
  return [...deployments, ...calls, ...(EVENTS[section.title] ?? [])];
}

/** Resource of a command, as IAM checks it. */
function resourceOf({ service, operation, options }: AwsCommand): string {
  const { userName, groupName } = options;
  if (service !== 'iam') return '*';
  if (operation.includes('VirtualMFADevice')) return 'arn:aws:iam::123456789012:mfa/carol';
  if (groupName !== undefined) return `arn:aws:iam::123456789012:group/${groupName}`;
  return userName === undefined ? '*' : `arn:aws:iam::123456789012:user/${userName}`;
}

function allowed(command: AwsCommand): boolean {
  const request: Request = { who: ALICE, on: resourceOf(command), context: WITH_MFA };
  return decideChecked(policies, request, `${command.service}:${command.operation}`) === 'yes';
}

describe.each(RUNBOOKS)('%s', (path) => {
  const sections = sectionsOfPage(path);

  test('has a command, a file, or a mark that says who acts, in each step', () => {
    const untried = sections.flatMap(({ title, steps, blocks }) =>
      steps
        .filter(
          ({ number, text }) =>
            /^\*\*(AWS|You):\*\*/.test(text) === blocks.some(({ step }) => step === number),
        )
        .map(({ number }) => `${title} ${number}`),
    );
    expect(untried).toEqual([]);
  });

  test('numbers the steps', () => {
    const wrong = sections.filter(({ steps }) => steps.some(({ number }, index) => number !== index + 1));
    expect(wrong.map(({ title }) => title)).toEqual([]);
  });
});

describe('the guide', () => {
  const pages = readdirSync('docs/guide').filter((file) => file.endsWith('.md'));

  test('lists every page', () => {
    const contents = readFileSync('docs/guide/README.md', 'utf8');
    expect(pages.filter((page) => page !== 'README.md' && !contents.includes(`](${page})`))).toEqual([]);
  });

  test.each(pages.filter((page) => page !== 'README.md'))(
    '%s names a test for each claim about the baseline',
    (page) => {
      const claims = claimsOf(readFileSync(join('docs/guide', page), 'utf8'));
      expect(claims.length).toBeGreaterThan(2);
      expect(claimsWithoutTest(claims)).toEqual([]);
    },
  );
});

test('the statements that docs/guide/evaluation.md speaks of are those of the templates', () => {
  const text = readFileSync('docs/guide/evaluation.md', 'utf8');
  const named = [...text.matchAll(/`((?:Deny|Only)\w+)`/g)].map(([, sid]) => sid);
  const sids = [...policies.identity.values(), ...policies.resource.values()]
    .flat()
    .flatMap(({ policyDocument }) => policyDocument.Statement.map(({ Sid }) => Sid));
  expect(new Set(named).size).toBe(3);
  expect(named.filter((sid) => !sids.includes(sid))).toEqual([]);
});

test.each([...RUNBOOKS, ...readdirSync('docs/guide').map((file) => join('docs/guide', file))])(
  '%s links to headings that exist',
  (page) => {
    const links = [...readFileSync(page, 'utf8').matchAll(/\]\((?!https:)([^)#]*)#([^)]+)\)/g)];
    const broken = links.filter(([, file = '', anchor = '']) => {
      const target = file === '' ? page : join(dirname(page), file);
      return !anchorsOf(readFileSync(target, 'utf8')).includes(anchor);
    });
    expect(broken.map(([link]) => link)).toEqual([]);
  },
);

test('an administrator with MFA may run every command of docs/runbooks/people.md', () => {
  const commands = PEOPLE.flatMap(commandsOf).flatMap(awsCommands);
  expect(commands.length).toBeGreaterThan(25);
  expect(commands.filter((command) => !allowed(command))).toEqual([]);
  const [removal] = awsCommands(
    'aws iam remove-user-from-group --group-name Administrators --user-name carol',
  );
  expect(removal && allowed(removal)).toBe(false);
});

test('what docs/runbooks/people.md says about roles is what their policies say', () => {
  const inRoles = templatePolicies(baselineTemplate(ROLE_MODE));
  const may = (action: string, who: string, on: string, context = WITH_MFA) =>
    decideChecked(inRoles, { who, on, context }, action);
  const secret = '${AdminAccessalicePassword}';
  const [userOf, role] = [PERSON.alice, '${RolesAdministrator.Arn}'];
  expect(may('secretsmanager:GetSecretValue', userOf, secret)).toBe('yes');
  expect(may('secretsmanager:GetSecretValue', role, secret, {})).toBe('no');
  expect(may('secretsmanager:DeleteSecret', role, secret, {})).toBe('yes');
  expect(may('cloudformation:DescribeStacks', userOf, '*')).toBe('no');
  expect(may('iam:UpdateLoginProfile', userOf, PERSON.carol)).toBe('no');
  // What "Revoke sessions" does.
  expect(may('iam:PutRolePolicy', role, '${RolesPowerUser.Arn}', {})).toBe('no');
  expect(may('iam:RemoveUserFromGroup', role, '${AdminAccessGroup.Arn}', {})).toBe('no');
});

describe.each(RUNBOOKS)('%s names the detections that trigger:', (path) => {
  test.each(sectionsOfPage(path).filter(({ text }) => text.includes('**Triggers:**')))(
    '$title',
    (section) => {
      const [, paragraph = ''] = /\*\*Triggers:\*\*([^]*?)\n\n/.exec(`${section.text}\n\n`) ?? [];
      const named = [...paragraph.matchAll(/\[(\w+)\]/g)].map(([, id]) => id);
      expect(named.sort()).toEqual(triggered(eventsOf(section, byWhom(section.title))).sort());
    },
  );
});
