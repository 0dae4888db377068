import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import type { BaselineOptions } from '../../lib/config/config';
import { FILTER_STACKS } from '../../lib/detections/filter-stacks';
import { STACK_KINDS, type StackKind, stackNameOf } from '../../lib/stacks/stack-kinds';
import { IDENTITY_CENTER, SAML } from '../everything';
import { type Emulator, startEmulator } from '../../emulator/emulator';
import { metricFiltersOf } from '../../emulator/metric-filters';
import { allIn, BaselineSuite, suiteStacks } from './baseline-suite';
import { verified } from './verified';

// One account, from which one stack after the other is removed: the order matters.
jest.setTimeout(120_000);

const EVERY_STACK: Partial<BaselineOptions> = {
  profile: 'strict',
  access: { breakGlass: ['break-glass-1', 'break-glass-2'], delegation: true },
  federation: {
    saml: SAML,
    identityCenter: IDENTITY_CENTER,
    pipelines: { github: [{ repository: 'acme/site', deploy: { branch: 'main' } }] },
  },
  terminationProtection: false,
  accountSettings: { removeDefaultVpcs: true },
};

/** The stacks of an organization need each other: organization.test.ts. */
const ELSEWHERE: readonly StackKind[] = ['Services', 'Organization', 'Members', 'OrganizationDetectors'];

let emulator: Emulator;
let suite: BaselineSuite;

beforeAll(async () => {
  emulator = await startEmulator();
  suite = new BaselineSuite(emulator);
  expect(await suite.deployBaseline(EVERY_STACK)).toEqual(allIn('CREATE_COMPLETE', EVERY_STACK));
});

afterAll(async () => {
  await emulator.stop();
});

/** What `verify` says about the references between stacks, in an account whose stacks have these options. */
async function references(options: Partial<BaselineOptions>): Promise<string[]> {
  return (await verified(emulator, options))
    .filter(({ check }) => check === 'references')
    .map(({ status, detail }) => `${status}: ${detail}`);
}

describe.each(STACK_KINDS.filter((kind) => !ELSEWHERE.includes(kind)))('without the stack %s', (kind) => {
  const removed = stackNameOf('AccountBaseline', kind);

  test('the others stay as they are, and a deployment brings it back', async () => {
    const others = (await suite.names()).filter((name) => name !== removed);
    const workSince = suite.watch();
    expect(await suite.destroy([removed])).toEqual({ [removed]: undefined });
    expect((await suite.names()).sort()).toEqual(others.sort());
    expect(workSince().resources.filter((resource) => !resource.startsWith(`${removed}/`))).toEqual([]);

    // People were kept, and are taken in again.
    const statuses = await suite.takeOver(suiteStacks(EVERY_STACK));
    expect(statuses[removed]).toMatch(/^(CREATE|IMPORT|UPDATE)_COMPLETE$/);
    expect(Object.keys(statuses)).toEqual(suiteStacks(EVERY_STACK).map(({ name }) => name));
  });
});

test('all stacks with people and ways in are removed in an odd order, and come back', async () => {
  const kinds = ['Access', 'BreakGlass', 'Roles', 'Delegation', 'IdentityCenter', 'Pipelines'] as const;
  const removed = kinds.map((kind) => stackNameOf('AccountBaseline', kind));
  expect(Object.values(await suite.destroy(removed))).toEqual(kinds.map(() => undefined));
  const statuses = await suite.takeOver(suiteStacks(EVERY_STACK));
  for (const name of removed) expect(statuses[name]).toMatch(/^(CREATE|IMPORT|UPDATE)_COMPLETE$/);
  const people = (await suite.find('AWS::IAM::UserToGroupAddition')).map(({ stack }) => stack);
  expect(people).toEqual(expect.arrayContaining(removed.slice(0, 2)));
});

describe('a stack whose outputs others read', () => {
  const AUDIT = 'AccountBaseline-Audit';
  const FILTERS = FILTER_STACKS.map((kind) => stackNameOf('AccountBaseline', kind));
  const staleFilters = FILTERS.map(
    (name) =>
      `fail: ${AUDIT} was created again after ${name} was deployed: ${name} still uses the old outputs.`,
  );
  const TAGGED = { ...EVERY_STACK, tags: { refreshed: '2026-11-28' } };

  test('is missed by verify when it is gone, and when it came back with other outputs, until a tag changes', async () => {
    await suite.destroy([AUDIT]);
    expect(await references(EVERY_STACK)).toEqual([
      ...FILTERS.map((name) => `fail: ${name} uses outputs of ${AUDIT}, which is not deployed.`),
      `fail: AccountBaseline-Alarms uses outputs of ${AUDIT}, which is not deployed.`,
      `fail: AccountBaseline-Watchdog uses outputs of ${AUDIT}, which is not deployed.`,
      `fail: AccountBaseline-Summary uses outputs of ${AUDIT}, which is not deployed.`,
      `fail: AccountBaseline-Detectors uses outputs of ${AUDIT}, which is not deployed.`,
    ]);

    await suite.deployBaseline(EVERY_STACK);
    expect(await references(EVERY_STACK)).toEqual([
      ...staleFilters,
      `fail: ${AUDIT} was created again after AccountBaseline-Alarms was deployed: AccountBaseline-Alarms still uses the old outputs.`,
      `fail: ${AUDIT} was created again after AccountBaseline-Watchdog was deployed: AccountBaseline-Watchdog still uses the old outputs.`,
      `fail: ${AUDIT} was created again after AccountBaseline-Summary was deployed: AccountBaseline-Summary still uses the old outputs.`,
      `fail: ${AUDIT} was created again after AccountBaseline-Detectors was deployed: AccountBaseline-Detectors still uses the old outputs.`,
    ]);

    // Metric filters have no tags, so that their stacks have to go and come back.
    expect(await suite.deployBaseline(TAGGED)).toEqual({
      ...allIn('UPDATE_COMPLETE', TAGGED),
      ...Object.fromEntries(FILTERS.map((name) => [name, 'CREATE_COMPLETE'])),
      // Managed policies have no tags either, and read no other stack.
      'AccountBaseline-Delegation': 'CREATE_COMPLETE',
      // Nor have groups and users: an update of a user would set its password.
      'AccountBaseline-BreakGlass': 'CREATE_COMPLETE',
      // Nor has the second notification: an update would replace its configuration and its contacts.
      'AccountBaseline-RootNotice': 'CREATE_COMPLETE',
    });
    expect(await references(TAGGED)).toEqual(staleFilters);
    await suite.destroy(FILTERS);
    await suite.deployBaseline(TAGGED);
    expect(await references(TAGGED)).toEqual(['pass: All references between stacks are current.']);
    const filters = await suite.find('AWS::Logs::MetricFilter');
    expect(filters.length).toBeGreaterThan(0);
    const { AuditTrailLogGroup: logGroupName = '' } = await suite.resources(AUDIT);
    const metricFilters = await metricFiltersOf(new CloudWatchLogs(emulator.clientConfig), logGroupName);
    expect(metricFilters.map(({ filterName }) => filterName).sort()).toEqual(
      filters.map(({ physicalId }) => physicalId).sort(),
    );
  });
});
