import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CloudFormationClient,
  DescribeStackSetCommand,
  ListStackInstancesCommand,
} from '@aws-sdk/client-cloudformation';
import {
  ListAccountsCommand,
  ListAccountsForParentCommand,
  ListOrganizationalUnitsForParentCommand,
  DescribeOrganizationCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { mockClient } from 'aws-sdk-client-mock';
import { createColors } from 'picocolors';
import { defineBaseline } from '../../../lib/config/config';
import { Clients } from '../../../lib/posture/clients';
import { inPool } from '../../../lib/posture/organization/in-pool';
import { readGroups, readMembers } from '../../../lib/posture/organization/members';
import { renderOrganization } from '../../../lib/posture/organization/render-organization';
import {
  driftLines,
  readRollouts,
  rolloutFindings,
  stackOf,
  type StackInstance,
} from '../../../lib/posture/organization/rollout';
import { RunFile } from '../../../lib/posture/organization/run-file';
import {
  memberConfigOf,
  unreadableMember,
  verifyMember,
} from '../../../lib/posture/organization/verify-member';
import type { OrganizationPosture } from '../../../lib/posture/organization/verify-organization';
import { FORMATS } from '../../../lib/posture/report';
import { renderOrganizationAs } from '../../../lib/posture/report/organization';
import type { Snapshot } from '../../../lib/posture/snapshot';
import { REGION, valueOf, WELL } from '../snapshot';

const ORGANIZATION = 'o-a1b2c3d4e5';
const MANAGEMENT = '123456789012';
const CONFIG = defineBaseline({
  administrators: ['alice'],
  notifications: { emails: ['security@example.com'] },
  organization: { id: ORGANIZATION, rootId: 'r-a1b2', exceptAccounts: ['444444444444'] },
});
const MEMBER_CONFIG = memberConfigOf(CONFIG);
/** With options of their own for the members of an OU. */
const WITH_GROUPS = defineBaseline({
  administrators: ['alice'],
  notifications: { emails: ['security@example.com'] },
  organization: {
    id: ORGANIZATION,
    rootId: 'r-a1b2',
    ous: ['ou-a1b2-11111111', 'ou-a1b2-99999999'],
    members: {
      groups: {
        Lab: {
          ous: ['ou-a1b2-11111111'],
          passwordPolicy: { minimumLength: 128 },
          accountSettings: { s3PublicAccessBlock: false },
        },
      },
    },
  },
});
const MEMBER = { id: '111111111111', name: 'shop' };

/** A member in which all is well, as its reader returns it. */
const WELL_MEMBER: Snapshot = {
  ...WELL,
  caller: { ...WELL.caller, account: MEMBER.id },
  suite: { value: [] },
  people: { value: { users: [], groups: [], roles: [], policies: [] } },
  credentials: { value: valueOf(WELL.credentials).filter(({ user }) => user === '<root_account>') },
  managementAccount: { value: MANAGEMENT },
  trails: { value: [{ trail: { Name: 'all', IsOrganizationTrail: true }, status: { unknown: 'not read' } }] },
  mfaDevices: {},
  sshKeys: {},
  summary: {
    value: {
      AccountPasswordPresent: 0,
      AccountAccessKeysPresent: 0,
      AccountSigningCertificatesPresent: 0,
      AccountMFAEnabled: 0,
    },
  },
};

const found = (more: Partial<Snapshot>, config = MEMBER_CONFIG) =>
  verifyMember({ ...WELL_MEMBER, ...more }, MEMBER, config);
const open = (more: Partial<Snapshot>, config = MEMBER_CONFIG) =>
  found(more, config)
    .findings.filter(({ status }) => status !== 'pass')
    .map(({ status, check }) => `${status} ${check}`);

describe('a member', () => {
  test('passes without a trail, alarms or people of the baseline', () => {
    expect(open({})).toEqual([]);
    const { findings, unreadable } = found({});
    expect(unreadable).toBeUndefined();
    expect([...new Set(findings.map(({ area }) => area))]).toEqual([
      'root',
      'people',
      'password',
      'settings',
      'trail',
    ]);
  });

  test.each([
    ['AccountPasswordPresent', 'fail root-credentials'],
    ['AccountAccessKeysPresent', 'fail root-credentials'],
    ['AccountSigningCertificatesPresent', 'fail root-credentials'],
  ])('fails with %s of root', (name, finding) => {
    expect(open({ summary: { value: { ...valueOf(WELL_MEMBER.summary), [name]: 1 } } })).toContain(finding);
  });

  test('needs MFA for root only if root has a password, or is not managed centrally', () => {
    const { organization } = MEMBER_CONFIG;
    if (!organization) throw new Error('no organization');
    const own = { ...MEMBER_CONFIG, organization: { ...organization, centralRoot: false } };
    expect(open({}, own)).toEqual(['fail root-mfa']);
    const summary = { value: { ...valueOf(WELL_MEMBER.summary), AccountPasswordPresent: 1 } };
    expect(open({ summary })).toEqual(['fail root-mfa', 'fail root-credentials']);
  });

  test('is unknown where IAM does not say whether root has a password', () => {
    const summary = { ...valueOf(WELL_MEMBER.summary), AccountPasswordPresent: undefined };
    expect(open({ summary: { value: summary as unknown as Record<string, number> } })).toEqual([
      'fail root-mfa',
      'unknown root-credentials',
    ]);
  });

  test('that answers nothing could not be read', () => {
    const unknown = { unknown: 'x is not allowed' };
    const { unreadable, findings } = found({
      regions: unknown,
      trails: unknown,
      summary: unknown,
      passwordPolicy: unknown,
      people: unknown,
      credentials: unknown,
      accountPublicAccessBlock: unknown,
      contacts: unknown,
      primaryContact: unknown,
      samlProviders: unknown,
      oidcProviders: unknown,
      serviceCredentials: unknown,
    });
    expect(findings.filter(({ status }) => status !== 'unknown')).toEqual([]);
    expect(unreadable).toBe('X is not allowed.');
  });
});

test('a member is judged by the options of its group', () => {
  const weak = { accountPublicAccessBlock: { value: false } };
  const judged = (group: string) =>
    open(weak, memberConfigOf(WITH_GROUPS, group)).filter((line) => /password|s3/.test(line));
  expect([judged('Lab'), judged('')]).toEqual([['fail password-policy'], ['fail s3-account-block']]);
});

describe('a trail of its own', () => {
  const own = {
    trail: {
      Name: 'old',
      TrailARN: `arn:aws:cloudtrail:eu-west-1:${MEMBER.id}:trail/old`,
      HomeRegion: 'eu-west-1',
    },
    status: { unknown: 'not read' },
  };
  const trails = { value: [...valueOf(WELL_MEMBER.trails), own] };

  test('is an unnecessary cost, which is not a failure', () => {
    const [finding, ...others] = found({ trails }).findings.filter(({ status }) => status !== 'pass');
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      check: 'own-trail',
      status: 'manual',
      severity: 'low',
      resource: own.trail.TrailARN,
      remedy: { command: `aws cloudtrail delete-trail --region eu-west-1 --name ${own.trail.TrailARN}` },
    });
  });

  test('is the member’s only one where the organization has none', () => {
    const { organization } = MEMBER_CONFIG;
    if (!organization) throw new Error('no organization');
    expect(open({ trails }, { ...MEMBER_CONFIG, organization: { ...organization, trail: false } })).toEqual(
      [],
    );
  });
});

describe('the StackSet', () => {
  const rollout = (more: Partial<StackInstance>): Parameters<typeof rolloutFindings>[0] => ({
    value: {
      stackSet: 'AccountBaseline-Members',
      region: REGION,
      instances: { [MEMBER.id]: { status: 'CURRENT', region: REGION, drift: 'NOT_CHECKED', ...more } },
    },
  });
  const said = (part: Parameters<typeof rolloutFindings>[0], member = MEMBER) =>
    rolloutFindings(part, member).map(({ check, status, detail }) => `${status} ${check}: ${detail}`);

  test.each<[string, Partial<StackInstance>, string[]]>([
    ['current', {}, ['pass member-stack: The stack is current.']],
    [
      'outdated',
      { status: 'OUTDATED', reason: 'ResourceLogicalId:Settings' },
      ['fail member-stack: The stack is OUTDATED: ResourceLogicalId:Settings.'],
    ],
    [
      'changed manually',
      { drift: 'DRIFTED', stack: 'arn:aws:cloudformation:x' },
      [
        'pass member-stack: The stack is current.',
        'fail member-drift: Resources of the stack differ from its template.',
      ],
    ],
    [
      'unchanged',
      { drift: 'IN_SYNC' },
      [
        'pass member-stack: The stack is current.',
        'pass member-drift: No resource differs from the template.',
      ],
    ],
  ])('has a stack in the account that is %s', (_, instance, expected) => {
    expect(said(rollout(instance))).toEqual(expected);
  });

  test('has none in an account that it does not cover, which fails', () => {
    expect(said(rollout({}), { id: '222222222222', name: 'lab' })).toEqual([
      'fail member-stack: The StackSet AccountBaseline-Members has no stack in the account.',
    ]);
  });

  test('that does not exist, or cannot be read, never passes', () => {
    expect(said({ value: undefined })).toEqual([
      'fail member-stack: The StackSet of the members does not exist.',
    ]);
    expect(said({ unknown: 'cloudformation:DescribeStackSet is not allowed' })).toEqual([
      'unknown member-stack: cloudformation:DescribeStackSet is not allowed.',
    ]);
  });

  test('of each group is read, and a stack of whatever group has the role that reads the member', async () => {
    const cloudFormation = mockClient(CloudFormationClient);
    const stack = `arn:aws:cloudformation:${REGION}:${MEMBER.id}:stack/StackSet-A/0a1b2c3d-1`;
    const Lab = { StackSetName: 'AccountBaseline-MembersLab' };
    const Others = { StackSetName: 'AccountBaseline-Members' };
    cloudFormation
      .on(DescribeStackSetCommand)
      .resolves({ StackSet: {} })
      .on(ListStackInstancesCommand, Others)
      .resolves({ Summaries: [{ Account: MEMBER.id, Region: REGION, Status: 'CURRENT', StackId: stack }] })
      .on(ListStackInstancesCommand, Lab)
      .resolves({ Summaries: [] });
    const rollouts = await readRollouts(new Clients({ region: REGION }), WITH_GROUPS);
    expect([...rollouts.keys()]).toEqual(['Lab', '']);
    expect(said(rollouts.get('Lab') ?? { value: undefined })).toEqual([
      'fail member-stack: The StackSet AccountBaseline-MembersLab has no stack in the account.',
    ]);
    expect(stackOf(rollouts, MEMBER.id, 'Lab')).toBe(stack);
    expect(stackOf(rollouts, '222222222222', 'Lab')).toBeUndefined();
    expect(driftLines(rollouts)?.split('\n')).toEqual([
      'Drift of the stacks of the group Lab was never checked. To check it: aws cloudformation detect-stack-set-drift --region eu-central-1 --stack-set-name AccountBaseline-MembersLab',
      "Drift of the members' stacks was never checked. To check it: aws cloudformation detect-stack-set-drift --region eu-central-1 --stack-set-name AccountBaseline-Members",
    ]);
    cloudFormation.restore();
  });

  test('is read by pages, with the day on which drift was looked for', async () => {
    const cloudFormation = mockClient(CloudFormationClient);
    cloudFormation
      .on(DescribeStackSetCommand)
      .resolves({
        StackSet: {
          StackSetDriftDetectionDetails: { LastDriftCheckTimestamp: new Date('2026-11-20T08:00:00Z') },
        },
      })
      .on(ListStackInstancesCommand)
      .resolves({
        Summaries: [{ Account: MEMBER.id, Region: REGION, Status: 'CURRENT', DriftStatus: 'IN_SYNC' }],
        NextToken: '2',
      })
      .on(ListStackInstancesCommand, { NextToken: '2' })
      .resolves({ Summaries: [{ Account: '222222222222', Region: REGION, Status: 'OUTDATED' }] });
    const read = await readRollouts(new Clients({ region: REGION }), CONFIG);
    expect(driftLines(read)).toBe(
      "Drift of the members' stacks was last checked on 2026-11-20. To check it: aws cloudformation detect-stack-set-drift --region eu-central-1 --stack-set-name AccountBaseline-Members",
    );
    expect(said(read.get('') ?? { value: undefined }, { id: '222222222222', name: 'lab' })[0]).toMatch(
      /^fail member-stack: .* OUTDATED/,
    );
    cloudFormation.restore();
  });
});

describe('the accounts', () => {
  const organizations = mockClient(OrganizationsClient);
  const account = (Id: string, more: object = {}) => ({
    Id,
    Name: `name of ${Id}`,
    State: 'ACTIVE' as const,
    ...more,
  });
  const read = (selection: Parameters<typeof readMembers>[2] = {}) =>
    readMembers(new Clients({ region: REGION }), CONFIG, selection);

  beforeEach(() => {
    organizations.reset();
    organizations
      .on(DescribeOrganizationCommand)
      .resolves({ Organization: { Id: ORGANIZATION, MasterAccountId: MANAGEMENT } });
    organizations.on(ListAccountsCommand, { NextToken: undefined }).resolves({
      Accounts: [account(MANAGEMENT), account('333333333333', { State: 'SUSPENDED' })],
      NextToken: '2',
    });
    organizations.on(ListAccountsCommand, { NextToken: '2' }).resolves({
      Accounts: [
        account('222222222222'),
        account('444444444444'),
        // What AWS answered before `State`.
        account('555555555555', { State: undefined, Status: 'PENDING_CLOSURE' }),
        account('111111111111'),
      ],
    });
    organizations.on(ListOrganizationalUnitsForParentCommand).resolves({ OrganizationalUnits: [] });
    organizations
      .on(ListOrganizationalUnitsForParentCommand, { ParentId: 'ou-a1b2-11111111' })
      .resolves({ OrganizationalUnits: [{ Id: 'ou-a1b2-22222222' }] });
    organizations.on(ListAccountsForParentCommand).resolves({ Accounts: [] });
    organizations
      .on(ListAccountsForParentCommand, { ParentId: 'ou-a1b2-22222222' })
      .resolves({ Accounts: [account('222222222222')] });
  });

  afterAll(() => {
    organizations.restore();
  });

  test('are those of all pages, without those that cannot or must not be read', async () => {
    const { members, skipped } = await read();
    expect(members.map(({ id }) => id)).toEqual(['111111111111', '222222222222']);
    expect(skipped.map(({ id, why }) => [id, why])).toEqual([
      [MANAGEMENT, 'the management account, which `verify` checks'],
      ['333333333333', 'suspended'],
      ['444444444444', 'in organization.exceptAccounts'],
      ['555555555555', 'about to be closed'],
    ]);
  });

  test('of an OU include those of the OUs below it', async () => {
    const { members } = await read({ unit: 'ou-a1b2-11111111' });
    expect(members.map(({ id }) => id)).toEqual(['222222222222']);
  });

  test('can be named, exceptions included', async () => {
    const { members, skipped } = await read({ accounts: ['444444444444'] });
    expect([members.map(({ id }) => id), skipped]).toEqual([['444444444444'], []]);
  });

  test('of groups are those of their OUs and of the OUs below them, and others are not asked for', async () => {
    const clients = new Clients({ region: REGION });
    expect(await readGroups(clients, WITH_GROUPS)).toEqual(new Map([['222222222222', 'Lab']]));
    organizations.resetHistory();
    expect(await readGroups(clients, CONFIG)).toEqual(new Map());
    expect(organizations.calls()).toEqual([]);
  });

  test('of another organization than that of the configuration are refused', async () => {
    organizations.on(DescribeOrganizationCommand).resolves({ Organization: { Id: 'o-other12345' } });
    await expect(read()).rejects.toThrow(
      `organization.id: must be the ID of the organization of these credentials, o-other12345; received "${ORGANIZATION}"`,
    );
  });
});

test('a pool does a few at a time, and keeps the order', async () => {
  let running = 0;
  let most = 0;
  const results = await inPool([3, 1, 2], 2, async (item) => {
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setTimeout(resolve, item));
    running -= 1;
    return item * 10;
  });
  expect({ results, most }).toEqual({ results: [30, 10, 20], most: 2 });
});

describe('an interrupted run', () => {
  let folder: string;
  const posture = found({});
  const unread = unreadableMember({ id: '222222222222', name: 'x' }, 'AccessDenied', '', posture);
  const open = (resume: boolean, config = CONFIG) => new RunFile(ORGANIZATION, config, resume, folder);
  const path = () => join(folder, readdirSync(folder)[0] ?? '');

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'baseline-'));
    const file = open(false);
    file.add(posture);
    file.add(unread);
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test('goes on with what was read, and reads again what could not be', () => {
    // Interrupted while it wrote.
    writeFileSync(path(), `${readFileSync(path(), 'utf8')}{"account":"3333`);
    expect([...open(true).done.keys()]).toEqual([MEMBER.id]);
  });

  test('is for its user only', () => {
    expect(statSync(path()).mode & 0o777).toBe(0o600);
  });

  test('does not go on after an hour, with another configuration, or after it was complete', () => {
    const none = '--resume: there is no interrupted run of the last hour with this configuration';
    expect(() => open(true, { ...CONFIG, stackName: 'Other' })).toThrow(none);
    const old = (Date.now() - 3_700_000) / 1000;
    utimesSync(path(), old, old);
    expect(() => open(true)).toThrow(none);
    open(false).remove();
    expect(() => open(true)).toThrow(none);
  });
});

describe('the result', () => {
  const failing = found({ accountPublicAccessBlock: { value: false } });
  const posture: OrganizationPosture = {
    organization: ORGANIZATION,
    managementAccount: MANAGEMENT,
    at: '2026-11-24T08:00:00.000Z',
    accounts: [
      unreadableMember({ id: '222222222222', name: '<b>lab</b>' }, 'AccessDenied', '', failing),
      failing,
      { ...found({}), account: '333333333333' },
    ],
    skipped: [{ id: '444444444444', name: 'old', why: 'suspended' }],
  };

  test('is a table with problems, what could not be read, and totals', () => {
    const text = renderOrganization(posture, { colors: createColors(false), width: 120 });
    expect(text).toMatch(/^222222222222 +<b>lab<\/b> +(?:unknown +){6}0 +0 +1$/m);
    expect(text).toMatch(/^111111111111 +shop +pass +pass +pass +fail +unknown +pass +1 +0 +0$/m);
    expect(text).toContain(
      'high: The account allows public buckets (s3-account-block) in 1 account: 111111111111',
    );
    expect(text).toContain('  <b>lab</b> (222222222222)\n    AccessDenied\n    Check that the StackSet');
    expect(text).toContain('Not checked: old (444444444444), suspended');
    expect(text).toMatch(/3 accounts: 1 passed, 1 with failures, 0 with manual .*, 1 could not be read$/);
  });

  test('accounts that cannot be read for the same reason are named together', () => {
    const scope = { ...failing, at: '' };
    const denied = (id: string, name: string) =>
      unreadableMember({ id, name }, `may not assume arn:aws:iam::${id}:role/Verify`, '', scope);
    const accounts = [denied('222222222222', 'lab'), denied('333333333333', 'shop')];
    const text = renderOrganization({ ...posture, accounts }, { colors: createColors(false), width: 120 });
    expect(text).toContain(
      '\n  lab (222222222222), shop (333333333333)\n    may not assume arn:aws:iam::<account>:role/Verify\n    Check',
    );
  });

  test.each(FORMATS)('%s has every account', (format) => {
    const text = renderOrganizationAs(posture, format);
    for (const account of ['111111111111', '222222222222', '333333333333']) expect(text).toContain(account);
  });

  test('names of accounts are text in the HTML report', () => {
    const page = renderOrganizationAs(posture, 'html');
    expect(page).toContain('&lt;b&gt;lab&lt;/b&gt;');
    expect(page).not.toContain('<b>lab</b>');
  });

  test('the HTML report begins with the most severe problem, and what to do about it in which account', () => {
    const [, top = ''] =
      /<section class="verdict fail"(.*?)<\/section>/s.exec(renderOrganizationAs(posture, 'html')) ?? [];
    expect(top).toContain('Nothing critical, but 1 check failed, and 1 check could not be read.</h2>');
    expect(top).toMatch(/Do this first, in shop:<\/strong> The account allows public buckets\. /);
    expect(top).toContain('href="#finding-111111111111-');
  });

  test('a problem in the HTML report has the shape of its severity', () => {
    expect(renderOrganizationAs(posture, 'html')).toContain('<span class="badge high">high</span>');
  });

  test('SARIF is one run, in which accounts differ by their fingerprints', () => {
    const { runs } = JSON.parse(renderOrganizationAs(posture, 'sarif')) as {
      runs: { results: { partialFingerprints: Record<string, string> }[] }[];
    };
    expect(runs).toHaveLength(1);
    const prints = runs.flatMap(({ results }) => results.map((one) => one.partialFingerprints['finding/v1']));
    expect(new Set(prints).size).toBe(prints.length);
  });
});
