import { join } from 'node:path';
import { type BaselineConfig, defineBaseline } from '../../lib/config/config';
import { Clients } from '../../lib/posture/clients';
import { readCaller } from '../../lib/posture/collect/account';
import { collectSurroundings } from '../../lib/posture/collect/preflight';
import { collect } from '../../lib/posture/collect/verify';
import type { Finding } from '../../lib/posture/finding';
import type { Entry } from '../../lib/posture/preflight/plan';
import { preflight } from '../../lib/posture/preflight/preflight';
import { verify } from '../../lib/posture/verify';
import { type StackTemplate, templatesOf } from '../../lib/stacks/templates';
import { type Emulator, REPOSITORY, startEmulator } from '../../emulator/emulator';
import { EmulatedSuite, type Statuses, type SuiteStack } from '../../emulator/suite';
import { growEvidence, harm, readState, type State } from './account';
import { type Hand, type HandKind, HANDS, type Row } from './hand';
import type { Outcome, Said } from './outcome';
import { ROWS } from './rows';

const CONTACT = { name: 'Ann Lee', title: 'CISO', email: 'ann@example.com', phone: '+1 555 0100' };

/** Every stack of an account, in which people are users, with a resource of every type that the rows have. */
const CONFIG: BaselineConfig = defineBaseline({
  administrators: ['alice', 'bob'],
  profile: 'strict',
  region: 'us-east-1',
  terminationProtection: false,
  access: { breakGlass: ['break-glass-1', 'break-glass-2'], delegation: true },
  billing: { viewers: ['carol'] },
  federation: {
    saml: {
      name: 'Okta',
      metadata: join(REPOSITORY, 'test/federation/saml/idp.xml'),
      roles: [{ role: 'Administrator', group: 'aws-administrators' }, { role: 'ReadOnly' }],
    },
    pipelines: { github: [{ repository: 'acme/site', deploy: { branch: 'main' } }] },
  },
  notifications: { emails: ['security@example.com'] },
  accountSettings: {
    alias: 'acme',
    contacts: { security: CONTACT, billing: CONTACT, operations: CONTACT },
    removeDefaultVpcs: true,
    emptyDefaultSecurityGroups: true,
  },
});

/** A cell of the matrix. */
export interface Cell {
  readonly row: Row;
  readonly kind: HandKind;
  readonly hand: Hand;
}

export const CELLS: readonly Cell[] = ROWS.flatMap((row) =>
  HANDS.flatMap((kind) => {
    const hand = row.hands[kind];
    return 'act' in hand ? [{ row, kind, hand }] : [];
  }),
);

/** An emulated account with the baseline. */
class Account {
  private constructor(
    readonly emulator: Emulator,
    readonly suite: EmulatedSuite,
    readonly templates: readonly StackTemplate[],
    readonly stacks: readonly SuiteStack[],
  ) {}

  static async open(): Promise<Account> {
    const emulator = await startEmulator();
    // Where the clients of the commands find them.
    Object.assign(process.env, emulator.env);
    const templates = templatesOf(CONFIG);
    const stacks = templates.map(({ stackName, template }) => ({
      name: stackName,
      template: template as object,
    }));
    const account = new Account(emulator, new EmulatedSuite(emulator), templates, stacks);
    const failed = unsuccessful(await account.suite.deploy(stacks));
    if (failed !== '') throw new Error(`the deployment failed: ${failed}`);
    return account;
  }

  close(): Promise<void> {
    return this.emulator.stop();
  }

  /** Physical IDs by stack and logical ID. */
  async ids(): Promise<Record<string, Record<string, string | undefined>>> {
    const names = await this.suite.names();
    return Object.fromEntries(
      await Promise.all(names.map(async (name) => [name, await this.suite.resources(name)] as const)),
    );
  }

  /** What the commands say. */
  async look(): Promise<Look> {
    const clients = new Clients({ region: this.emulator.region });
    try {
      const caller = await readCaller(clients);
      const { templates } = this;
      const surroundings = await collectSurroundings(
        clients,
        caller,
        CONFIG,
        templates.map(({ template }) => template),
      );
      const snapshot = await collect(clients, caller, CONFIG, {});
      return {
        entries: preflight(surroundings, CONFIG, templates).entries,
        findings: verify(snapshot, CONFIG).findings,
      };
    } finally {
      clients.destroy();
    }
  }
}

/** One for each kind, the first, with the number of the others. */
function grouped(all: readonly Said[]): Said[] {
  const kinds = [...new Set(all.map(({ kind }) => kind))];
  return kinds.flatMap((wanted) => {
    const [first, ...others] = all.filter(({ kind }) => kind === wanted);
    return first ? [{ ...first, ...(others.length > 0 && { more: others.length }) }] : [];
  });
}

interface Look {
  readonly entries: readonly Entry[];
  readonly findings: readonly Finding[];
}

const DONE = /^(CREATE|UPDATE|IMPORT)_COMPLETE$/;

function unsuccessful(statuses: Statuses): string {
  return Object.entries(statuses)
    .flatMap(([name, status]) => (DONE.test(status ?? '') ? [] : [`${name} ${status ?? 'is missing'}`]))
    .join(', ');
}

const failing = ({ findings }: Look) => findings.filter(({ status }) => status !== 'pass');
const textOf = ({ check, detail, status }: Finding) => `${status} ${check}: ${detail}`;
const lineOf = ({ what, why }: Entry) => `${what}: ${why}`;

const UUID = /[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/;

/** Text with the logical IDs of resources instead of names that CloudFormation generates. */
function plain(text: string, ids: Record<string, Record<string, string | undefined>>): string {
  let result = text;
  const known = Object.values(ids).flatMap((stack) => Object.entries(stack));
  for (const [logicalId, id = ''] of known.sort(
    ([, one = ''], [, other = '']) => other.length - one.length,
  )) {
    const isGenerated = id.toLowerCase().includes(logicalId.slice(0, 8).toLowerCase()) || UUID.test(id);
    if (isGenerated) result = result.replaceAll(id, logicalId);
  }
  return result;
}

/** Cells that are tried together, because none has to do with another. */
export type Batch = readonly Cell[];

const isCustom = ({ type }: Row) => type.startsWith('Custom::');

/** Every stack needs the key. */
const isAlone = ({ type }: Row) => type === 'AWS::KMS::Key';

/** One kind of hand at a time, on one resource of each stack, and on all settings. */
export function batchesOf(cells: readonly Cell[]): Batch[] {
  const batches: Cell[][] = [];
  for (const cell of cells) {
    const fits = (batch: Batch) =>
      batch.every(
        ({ kind, row }) =>
          kind === cell.kind &&
          !isAlone(row) &&
          !isAlone(cell.row) &&
          (row.of[0] !== cell.row.of[0] || (isCustom(row) && isCustom(cell.row))),
      );
    const batch = batches.find(fits);
    if (batch) batch.push(cell);
    else batches.push([cell]);
  }
  return batches;
}

/** Tries batches, one after the other, and reports each outcome. */
export async function tryBatches(batches: readonly Batch[], tell: (outcome: Outcome) => void): Promise<void> {
  for (const batch of batches) {
    const account = await Account.open();
    try {
      for (const outcome of await tryBatch(account, batch)) tell(outcome);
    } finally {
      await account.close();
    }
  }
}

type Ids = Readonly<Record<string, Readonly<Record<string, string | undefined>>>>;

/** The resource of a cell. */
function placeOf({ row: { of } }: Cell, ids: Ids) {
  const [kind, begin] = of;
  const stackName = `${CONFIG.stackName}-${kind}`;
  const own = ids[stackName] ?? {};
  const logicalId = begin in own ? begin : Object.keys(own).find((one) => one.startsWith(begin));
  const id = own[logicalId ?? ''];
  if (logicalId === undefined || id === undefined) throw new Error(`${stackName} has no ${begin}`);
  return { stackName, logicalId, id, own };
}

async function tryBatch(account: Account, batch: Batch): Promise<Outcome[]> {
  const { emulator, suite, stacks } = account;
  const ids = await account.ids();
  const { AuditTrailBucket = '', AuditTrailLogGroup = '' } = ids[`${CONFIG.stackName}-Audit`] ?? {};
  await growEvidence(emulator, AuditTrailBucket, AuditTrailLogGroup);
  const state = async (): Promise<State> => {
    const { allowed, denied, ...others } = await readState(emulator);
    const current = await account.ids();
    const lines = (texts: readonly string[]) => texts.map((text) => plain(text, current));
    // Evidence keeps its names.
    return { ...others, allowed: lines(allowed), denied: lines(denied) };
  };

  const first = await account.look();
  const healthy = await state();
  const normal = new Set(failing(first).map((finding) => plain(textOf(finding), ids)));
  const known = new Set([...first.entries.map(lineOf), ...failing(first).map(textOf)]);
  const touched: { readonly cell: Cell; readonly lines: Entry[]; readonly faults: Finding[] }[] = [];
  for (const cell of batch) {
    const { id, own } = placeOf(cell, ids);
    try {
      await cell.hand.act({ emulator, id, ids: own });
    } catch (error) {
      throw new Error(`${cell.row.type} cannot be ${cell.kind}`, { cause: error });
    }
    const look = await account.look();
    const lines = look.entries.filter((entry) => !known.has(lineOf(entry)));
    const faults = failing(look).filter((finding) => !known.has(textOf(finding)));
    touched.push({ cell, lines, faults });
    for (const text of [...lines.map(lineOf), ...faults.map(textOf)]) known.add(text);
  }
  const spoilt = await state();

  const workSince = suite.watch();
  const failedAgain = unsuccessful(await suite.deploy(stacks));
  const { resources, settings } = workSince();
  const harms = harm(healthy, spoilt, await state()).map((text) => `deployed again: ${text}`);

  const changes = new Map<Cell, string>();
  for (const cell of batch) {
    const { change } = cell.row;
    if (typeof change !== 'function') continue;
    const { stackName, logicalId } = placeOf(cell, ids);
    const changed = changedStack(
      stacks.find(({ name }) => name === stackName),
      logicalId,
      change,
    );
    const status = (await suite.deploy([changed]))[stackName];
    const reason = DONE.test(status ?? '') ? undefined : (await suite.stack(stackName).failures())[logicalId];
    changes.set(cell, [status, reason].filter((part) => part !== undefined).join(': '));
  }
  const open = new Set(failing(await account.look()).map(textOf));
  harms.push(
    ...harm(healthy, spoilt, await state())
      // Those of the change itself.
      .filter((text) => !/allowed: carol|ReadOnlyAccess|"Sid":"More"/.test(text) || text.includes('intern'))
      .map((text) => `deployed with a change: ${text}`),
  );

  // What the change added goes again, where it was made.
  await suite.deploy(stacks);
  const destroyed = await suite.destroy([...stacks].reverse().map(({ name }) => name));
  const left = Object.entries(destroyed).filter(([, status]) => status !== undefined);
  const reasons = left.length > 0 ? Object.values(await suite.failures()) : [];
  const gone = await readState(emulator);
  harms.push(
    ...harm(healthy, spoilt, { ...gone, allowed: spoilt.allowed, denied: spoilt.denied }).map(
      (text) => `destroyed: ${text}`,
    ),
  );
  const stops = (await account.look()).entries.filter(
    ({ action, why }) => action === 'stop' && why.includes('members'),
  );
  const failedAfter = unsuccessful(await suite.takeOver(stacks));
  const failures = failedAfter === '' ? {} : await suite.failures();
  const idsAfter = await account.ids();
  const openAfter = failing(await account.look())
    .map((finding) => plain(textOf(finding), idsAfter))
    .filter((text) => !normal.has(text));
  if (failedAfter === '')
    harms.push(...harm(healthy, spoilt, await state()).map((text) => `deployed after destroy: ${text}`));

  const tidy = (texts: readonly (string | undefined)[], of = ids) =>
    texts.flatMap((text) => (text === undefined || text === '' ? [] : [plain(text, of)]));
  return touched.map(({ cell, lines, faults }): Outcome => ({
    type: cell.row.type,
    hand: cell.kind,
    preflight: grouped(
      lines.map((entry) => ({
        kind: entry.action,
        text: plain(lineOf(entry), ids),
        ...(entry.remedy && { remedy: plain(entry.remedy.command ?? entry.remedy.text, ids) }),
      })),
    ),
    verify: grouped(
      faults.map(({ check, status, detail, remedy }) => ({
        kind: status === 'fail' ? check : `${status} ${check}`,
        text: plain(detail, ids),
        ...(remedy && { remedy: plain(remedy.command ?? remedy.text, ids) }),
      })),
    ),
    again: tidy([failedAgain, ...resources, ...settings]),
    change: plain(changes.get(cell) ?? '', ids).replace(REQUEST, ''),
    open: checksOf(faults.map(textOf).filter((text) => open.has(text))),
    destroy: tidy([...left.map(([name, status = '']) => `${name} ${status}`), ...reasons]),
    before: stops.map(lineOf),
    after: tidy([failedAfter, ...Object.values(failures)], idsAfter),
    openAfter: checksOf(openAfter),
    harm: tidy(harms),
    together: batch.length,
  }));
}

/** What differs each time. */
const REQUEST = /, Request ID: [\da-f-]+|\(SDK Attempt Count: \d+\)/g;

/** IDs of the checks that fail or are unknown. */
function checksOf(texts: readonly string[]): string[] {
  return [...new Set(texts.map((text) => text.slice(0, text.indexOf(':')).replace('fail ', '')))];
}

function changedStack(
  stack: SuiteStack | undefined,
  logicalId: string,
  change: (properties: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>,
): SuiteStack {
  const template = stack?.template as { Resources: Record<string, { Properties?: Record<string, unknown> }> };
  const resource = template.Resources[logicalId];
  return {
    name: stack?.name ?? '',
    template: {
      ...template,
      Resources: {
        ...template.Resources,
        [logicalId]: { ...resource, Properties: change(resource?.Properties ?? {}) },
      },
    },
  };
}
