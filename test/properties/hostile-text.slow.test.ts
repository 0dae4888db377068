import fc from 'fast-check';
import { runInNewContext } from 'node:vm';
import { createColors } from 'picocolors';
import type { Explanation } from '../../lib/explain/explain';
import type { Posture } from '../../lib/posture/finding';
import { asJson } from '../../lib/posture/json';
import { renderOrganization } from '../../lib/posture/organization/render-organization';
import { renderPolicyPlan } from '../../lib/posture/organization/render-policy-plan';
import { describeRoot, renderRoots } from '../../lib/posture/organization/render-roots';
import { difference, setOption } from '../../lib/posture/preflight/write-config';
import type { Plan } from '../../lib/posture/preflight/plan';
import { renderExplanation } from '../../lib/posture/render-explanation';
import { renderPlan } from '../../lib/posture/render-plan';
import { renderPosture } from '../../lib/posture/render-posture';
import { FORMATS, type Format, render } from '../../lib/posture/report';
import { renderOrganizationAs } from '../../lib/posture/report/organization';
import { shell } from '../../lib/posture/shell';
import { planRemoval } from '../../lib/removal/plan';
import { renderRemoval } from '../../lib/removal/render';
import { type Upgrade, renderUpgrade } from '../../lib/upgrade/render';
import { POSTURE } from '../posture/posture';
import { FORGES, hostile } from './forging';
import { runs } from './runs';

const terminal = { colors: createColors(false), width: 120 };
const AT = '2026-11-24T11:02:31.000Z';

/** Words of ours, which nobody else chooses. */
const OURS =
  /^(pass|fail|manual|unknown|critical|high|medium|low|allowed|denied|info|create|stop|gone|created|changed|removed|aws|settings|root|people|trail|alarms|stack|billing|notifications|password|iam|identity|AWS::.*|Drift of .*|20\d\d-.*)$/;

/** A copy in which some texts are hostile. */
function spoiled<T>(value: T, text: string, isChosen: (old: string) => boolean = () => true): T {
  const copy = (one: unknown): unknown => {
    if (typeof one === 'string') return OURS.test(one) || !isChosen(one) ? one : text;
    if (typeof one !== 'object' || one === null || one instanceof Date) return one;
    if (Array.isArray(one)) return one.map(copy);
    return Object.fromEntries(Object.entries(one).map(([name, child]) => [name, copy(child)]));
  };
  return copy(value) as T;
}

const member = { ...POSTURE, calls: 40 };
const ORGANIZATION = {
  organization: 'o-a1b2c3d4e5',
  managementAccount: '123456789012',
  at: AT,
  accounts: [member, { ...member, account: '111111111111', findings: [], unreadable: 'It was denied.' }],
  skipped: [{ id: '222222222222', name: 'lab', why: 'suspended' }],
  drift: 'Drift of the stacks was never checked.',
};

const PLAN: Plan = {
  account: '123456789012',
  region: 'eu-central-1',
  stackName: 'AccountBaseline',
  entries: [
    {
      what: 'User alice',
      action: 'stop',
      why: 'It exists.',
      remedy: { text: 'Import it.', command: 'npx cdk import' },
    },
    { what: 'Trail', action: 'create', why: 'There is none.' },
  ],
};

const EXPLANATION: Explanation = {
  decision: 'denied',
  source: 'iam',
  request: {
    principal: 'arn:aws:iam::123456789012:user/alice',
    authentication: 'mfa',
    action: 'iam:CreateUser',
    resource: '*',
    isDefaultResource: true,
    context: {},
  },
  steps: [
    { name: 'Principal', text: 'user alice', result: 'info' },
    { name: 'Explicit denials', text: 'Denied by the policy p', result: 'denied' },
  ],
  decidedBy: [{ policy: 'policy p', statement: 's', effect: 'Deny' }],
  changes: ['Remove the statement.'],
  limits: ['It was not asked.'],
};

const ROOTS = [
  {
    id: '111111111111',
    name: 'shop',
    credentials: {
      hasPassword: true,
      accessKeys: [{ id: 'AKIA1', status: 'Active', lastUsed: new Date(AT) }],
      certificates: ['certificate'],
      mfaDevices: ['arn:aws:iam::111111111111:mfa/root'],
    },
  },
  { id: '222222222222', name: 'lab', unreadable: 'It was denied.' },
];

const POLICY_PLAN = {
  logGroup: 'trail',
  since: AT,
  until: AT,
  isCut: true,
  calls: 3,
  ignored: 1,
  policies: ['protect'],
  left: [{ policy: 'tags', why: 'it denies nothing' }],
  denials: [
    {
      policy: 'protect',
      principal: 'arn:aws:iam::111111111111:role/deployer',
      account: '111111111111',
      region: 'eu-central-1',
      action: 'cloudtrail:StopLogging',
      statements: ['Trail'],
      calls: 3,
      last: AT,
      unless: 'the events have no key',
    },
  ],
};

const UPGRADE: Upgrade = {
  from: '1.0.0',
  to: '1.1.0',
  changes: [
    {
      stackName: 'AccountBaseline-Access',
      id: 'Group',
      type: 'Some::Other::Type',
      effect: 'removed',
      names: ['GroupName'],
      loss: 'loses its members',
    },
    {
      stackName: 'AccountBaseline-Access',
      id: 'Policy',
      type: 'AWS::IAM::Policy',
      effect: 'changed',
      names: ['PolicyDocument', 'PolicyName'],
      before: {
        Type: 'AWS::IAM::Policy',
        Properties: {
          PolicyName: 'a',
          PolicyDocument: { Statement: { Sid: 'One', Effect: 'Allow', Action: 'iam:GetUser' } },
        },
      },
      after: { Type: 'AWS::IAM::Policy', Properties: { PolicyName: 'b', PolicyDocument: { Statement: [] } } },
    },
  ],
  createdStacks: [],
  removedStacks: ['AccountBaseline-Access'],
  removeCommands: {},
  protectedStacks: ['Access'],
  unprotectedStacks: ['Audit'],
  cost: { idle: [1, 2], busy: [3, 4] },
};

const REMOVAL = planRemoval(
  {
    'AccountBaseline-Access': {
      Resources: {
        User: { Type: 'AWS::IAM::User', DeletionPolicy: 'Retain' },
        Group: { Type: 'AWS::IAM::Group' },
        Other: { Type: 'Some::Other::Type', DeletionPolicy: 'Retain' },
        Setting: { Type: 'Custom::Setting' },
      },
    },
  },
  new Map([['AccountBaseline-Access/User', 'alice']]),
);

/** What commands print of a result in which some texts are hostile, by the name of the command. */
const PRINTED: Readonly<Record<string, (spoil: <T>(value: T) => T) => string>> = {
  verify: (spoil) => renderPosture(spoil(POSTURE), terminal, spoil(POSTURE.findings)),
  preflight: (spoil) => renderPlan(spoil(PLAN), terminal),
  explain: (spoil) => renderExplanation(spoil(EXPLANATION), terminal),
  diff: (spoil) => renderUpgrade(spoil(UPGRADE), terminal),
  uninstall: (spoil) => renderRemoval(spoil(REMOVAL), terminal),
  'org verify': (spoil) => renderOrganization(spoil(ORGANIZATION), terminal),
  'org plan': (spoil) => renderPolicyPlan(spoil(POLICY_PLAN), terminal),
  'org root-audit': (spoil) =>
    [renderRoots(spoil(ROOTS), spoil(ORGANIZATION), terminal), ...spoil(ROOTS).map(describeRoot)].join('\n'),
  '--json': (spoil) =>
    asJson(spoil({ posture: POSTURE, plan: PLAN, explanation: EXPLANATION, roots: ROOTS })),
  ...Object.fromEntries(
    FORMATS.flatMap((format) => [
      [`report --format ${format}`, (spoil: <T>(value: T) => T) => render(spoil(POSTURE), format)],
      [
        `org verify --format ${format}`,
        (spoil: <T>(value: T) => T) => renderOrganizationAs(spoil(ORGANIZATION), format),
      ],
    ]),
  ),
};

/** A choice of texts to replace, and what to replace them with. */
const spoiling = fc
  .tuple(
    hostile,
    fc.oneof(
      fc.constant(() => true),
      fc.func<[string], boolean>(fc.boolean()),
    ),
  )
  .map(
    ([text, isChosen]) =>
      <T>(value: T): T =>
        spoiled(value, text, isChosen),
  );

/** Our own line breaks of CSV. */
const lines = (command: string, text: string) =>
  command.endsWith('csv') ? text.replaceAll('\r\n', '\n') : text;

test.each(Object.entries(PRINTED))(
  '%s prints no text that forges a line, or moves, hides or reverses others',
  (command, print) => {
    // What stands there if nothing is hostile.
    expect(
      lines(
        command,
        print((value) => value),
      ),
    ).not.toMatch(FORGES);
    fc.assert(
      fc.property(spoiling, (spoil) => {
        const text = lines(command, print(spoil));
        const [found] = FORGES.exec(text) ?? [];
        expect(found).toBeUndefined();
      }),
      runs(command.includes('html') || command === 'verify' ? 15 : 40),
    );
  },
);

test('a report in HTML has the elements that it has without hostile texts, and no other', () => {
  const elements = (posture: Posture) => {
    const page = render(posture, 'html');
    return [...page.matchAll(/<[a-z!/][^>]*>/gi)].map(([tag]) => /^<[^\s>]*/.exec(tag)?.[0]);
  };
  // Without the links, which a hostile address does not become.
  const findings = POSTURE.findings.map((finding) => ({
    ...finding,
    remedy: finding.remedy && { text: 'x', command: 'x' },
  }));
  const posture = { ...POSTURE, findings };
  const expected = elements(posture);
  // The names of checks and controls group and trace the findings.
  const isFree = (text: string) =>
    !findings.some(({ check, controls }) => check === text || controls.includes(text));
  fc.assert(
    fc.property(hostile, (text) => {
      expect(elements(spoiled(posture, text, isFree))).toEqual(expected);
    }),
    runs(15),
  );
});

/** The cells of CSV, as RFC 4180 has it. */
function rowsOf(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, cell = '', end] of text.matchAll(/("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n)/g)) {
    rows.at(-1)?.push(cell.replace(/^"|"$/g, '').replaceAll('""', '"'));
    if (end !== ',') rows.push([]);
  }
  return rows.slice(0, -1);
}

test('a report in CSV has one row for each finding, and no cell that a spreadsheet computes', () => {
  fc.assert(
    fc.property(spoiling, (spoil) => {
      const rows = rowsOf(render(spoil(POSTURE), 'csv'));
      expect(rows.map((row) => row.length)).toEqual([...POSTURE.findings, 'header'].map(() => 14));
      expect(rows.flat().filter((cell) => /^[=+@-]/.test(cell))).toEqual([]);
    }),
    runs(40),
  );
});

test('what is JSON keeps the texts as they are', () => {
  const jsons: readonly Format[] = ['json', 'sarif', 'ocsf'];
  fc.assert(
    fc.property(hostile, fc.constantFrom(...jsons), (text, format) => {
      const posture = spoiled(POSTURE, text);
      expect(JSON.parse(asJson(posture))).toEqual({ schemaVersion: 1, ...posture });
      const values = JSON.stringify(JSON.parse(render(posture, format)));
      expect(values).toContain(JSON.stringify(format === 'sarif' ? `${text}|` : text).slice(1, -1));
    }),
    runs(40),
  );
});

test('no text of SARIF has a link', () => {
  fc.assert(
    fc.property(spoiling, (spoil) => {
      const texts = [...render(spoil(POSTURE), 'sarif').matchAll(/"text": (".*"),?$/gm)].map(
        ([, text = '""']) => JSON.parse(text) as string,
      );
      expect(texts.length).toBeGreaterThan(POSTURE.findings.length);
      expect(texts.filter((text) => /\[[^\]]*(?<!\\)\]\(/.test(text))).toEqual([]);
    }),
    runs(40),
  );
});

test('a name that is written into the configuration stays within its string', () => {
  const before = "export default defineBaseline({\n  administrators: ['alice'],\n});\n";
  fc.assert(
    fc.property(hostile, (name) => {
      const after = setOption(before, { path: ['accessRoles'], value: [name] });
      const options = after.replace('export default defineBaseline', '').replace(/;\n$/, '');
      // Read in a realm of its own, whose lists are not ours.
      const found: unknown = JSON.parse(JSON.stringify(runInNewContext(options)));
      expect(found).toEqual({ administrators: ['alice'], accessRoles: [name] });
      expect(difference('baseline.config.ts', before, after).replaceAll('\t', '')).not.toMatch(FORGES);
    }),
    runs(300),
  );
});

test('a name in a command is one word of it, which a shell takes as it is printed', () => {
  // What bash would run is compared by reading its words, not by running them.
  fc.assert(
    fc.property(hostile, (name) => {
      const command = shell`aws iam get-user --user-name ${name} --output text`;
      const [, word = ''] = /^aws iam get-user --user-name[ =](.*) --output text$/s.exec(command) ?? [];
      expect(word).toMatch(/^(?:[\w@%+=:,./-]+|'[^']*'(?:\\''[^']*')*)$/);
      expect(command).not.toMatch(FORGES);
    }),
    runs(500),
  );
});
