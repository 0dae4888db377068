import { BudgetsClient, paginateDescribeBudgets } from '@aws-sdk/client-budgets';
import { CloudFormationClient, paginateDescribeStacks } from '@aws-sdk/client-cloudformation';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { collectSurroundings } from '../../lib/posture/collect/preflight';
import { collect } from '../../lib/posture/collect/verify';
import { all, read } from '../../lib/posture/read';
import type { Part } from '../../lib/posture/snapshot';
import { templatesOf } from '../../lib/stacks/templates';
import type { Live } from './step';

/** The account before or after, as JSON: lists are sorted, and what could not be read says why. */
export type Comparable = Readonly<Record<string, unknown>>;

/** Reads what `preflight` and `verify` read, as far as the baseline changes it. */
export async function comparable({ clients, caller, config }: Live): Promise<Comparable> {
  const templates = templatesOf(config).map(({ template }) => template);
  const client = clients.get(CloudFormationClient);
  const [snapshot, surroundings, budgets, buckets, stacks] = await Promise.all([
    collect(clients, caller, config, {}),
    collectSurroundings(clients, caller, config, templates),
    read(() => {
      const pages = paginateDescribeBudgets(
        { client: clients.get(BudgetsClient) },
        { AccountId: caller.account },
      );
      return all(pages, (page) => page.Budgets);
    }),
    read(async () => (await clients.get(S3Client).send(new ListBucketsCommand({}))).Buckets ?? []),
    read(() => all(paginateDescribeStacks({ client }, {}), (page) => page.Stacks)),
  ]);
  // What `verify` reads lacks most roles.
  const { people } = surroundings;
  const { trails, passwordPolicy, contacts, primaryContact, accountPublicAccessBlock } = snapshot;
  return plain({
    users: names(people, (one) => one.users.map(({ UserName }) => UserName)),
    groups: names(people, (one) => one.groups.map(({ GroupName }) => GroupName)),
    roles: names(people, (one) => one.roles.map(({ Path = '', RoleName = '' }) => `${Path}${RoleName}`)),
    trails: names(trails, (one) => one.map(({ trail }) => trail.TrailARN)),
    buckets: names(buckets, (one) => one.map(({ Name }) => Name)),
    stacks: names(stacks, (one) => one.map(({ StackName }) => StackName)),
    secrets: names(snapshot.secrets, (one) => one.map(({ name }) => name)),
    keyAliases: names(surroundings.keyAliases, (one) =>
      one.filter((alias) => !alias.startsWith('alias/aws/')),
    ),
    analyzers: names(surroundings.analyzers, (one) => one.map(({ arn }) => arn)),
    budgets: names(budgets, (one) => one.map(({ BudgetName }) => BudgetName)),
    samlProviders: names(surroundings.samlProviders, (one) => one),
    recorder: surroundings.recorder,
    detector: surroundings.detector,
    securityHub: surroundings.securityHub,
    passwordPolicy,
    contacts,
    primaryContact,
    accountPublicAccessBlock,
    // Findings come and go.
    regional: Object.fromEntries(
      Object.entries(snapshot.regional).map(([region, { analyzer, ...settings }]) => [
        region,
        { ...settings, analyzer: names(analyzer, (one) => [one?.arn]) },
      ]),
    ),
  });
}

function names<T>(part: Part<T>, of: (value: T) => readonly (string | undefined)[]): unknown {
  return 'value' in part ? [...of(part.value)].sort() : part;
}

/** Converted as by JSON, so that it equals what is read from a file. */
const plain = (value: unknown) => JSON.parse(JSON.stringify(value)) as Comparable;

/** A difference between before and after. */
export interface Difference {
  readonly where: string;
  /** What is new, or the new value. */
  readonly added?: unknown;
  /** What is gone, or the old value. */
  readonly removed?: unknown;
}

/** Every leaf or item of a list that differs. */
export function differences(before: unknown, after: unknown, where = ''): Difference[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  if (Array.isArray(before) && Array.isArray(after)) {
    const has = (list: readonly unknown[], one: unknown) =>
      list.some((other) => JSON.stringify(other) === JSON.stringify(one));
    return [
      ...after.filter((one) => !has(before, one)).map((added: unknown) => ({ where, added })),
      ...before.filter((one) => !has(after, one)).map((removed: unknown) => ({ where, removed })),
    ];
  }
  if (isRecord(before) && isRecord(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return keys.flatMap((key) =>
      differences(before[key], after[key], where === '' ? key : `${where}.${key}`),
    );
  }
  return [{ where, added: after, removed: before }];
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
