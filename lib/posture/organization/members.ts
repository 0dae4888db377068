import {
  type Account,
  DescribeOrganizationCommand,
  OrganizationsClient,
  paginateListAccounts,
  paginateListAccountsForParent,
  paginateListOrganizationalUnitsForParent,
} from '@aws-sdk/client-organizations';
import type { BaselineConfig } from '../../config/config';
import { memberGroupsOf } from '../../organization/members/member-groups';
import type { Clients } from '../clients';
import { UsageError } from '../commands/exit-code';
import { all, noAnswer } from '../read';

/** An account of the organization. */
export interface Member {
  readonly id: string;
  readonly name: string;
}

/** An account that is not read. */
export interface Skipped extends Member {
  /** Why, as a phrase such as `suspended`. */
  readonly why: string;
}

/** The accounts of an organization, as a command needs them. */
export interface Members {
  /** ID of the organization. */
  readonly organization: string;
  readonly managementAccount: string;
  /** Members to read, sorted by ID. */
  readonly members: readonly Member[];
  readonly skipped: readonly Skipped[];
}

/** Limits of a run. */
export interface Selection {
  /** IDs of accounts. @default - all that the configuration covers */
  readonly accounts?: readonly string[];
  /** ID of an OU, with the OUs below it. @default - those of the configuration, or else the organization */
  readonly unit?: string;
}

/** States in which nobody can use an account, in words. */
const UNUSABLE: Readonly<Record<string, string>> = {
  PENDING_ACTIVATION: 'not activated yet',
  SUSPENDED: 'suspended',
  PENDING_CLOSURE: 'about to be closed',
  CLOSED: 'closed',
};

/**
 * Lists the members that a command is about.
 *
 * @throws {CallFailed} without the permissions, or outside an organization
 * @throws {UsageError} if the configuration names another organization, or the selection is not in this one
 */
export async function readMembers(
  clients: Clients,
  { organization: configured }: BaselineConfig,
  { accounts, unit }: Selection,
): Promise<Members> {
  const client = clients.get(OrganizationsClient);
  const { Organization = noAnswer('the organization') } = await client.send(
    new DescribeOrganizationCommand({}),
  );
  const { Id: organization = '', MasterAccountId: managementAccount = '' } = Organization;
  if (configured && configured.id !== organization) {
    throw new UsageError(
      `organization.id: must be the ID of the organization of these credentials, ${organization}; received "${configured.id}"`,
    );
  }
  const units = unit === undefined ? configured?.ous : [unit];
  const found = units
    ? (await Promise.all(units.map((one) => accountsBelow(client, one)))).flat()
    : await all(paginateListAccounts({ client }, {}), (page) => page.Accounts ?? noAnswer('the accounts'));
  // An OU of the configuration can be below another one.
  const byId = new Map(found.map((account) => [account.Id ?? noAnswer('the ID of an account'), account]));
  const unknown = (accounts ?? []).filter((id) => !byId.has(id));
  if (unknown.length > 0) {
    throw new UsageError(
      `--account must be the ID of an account of ${units ? units.join(', ') : organization}; received "${unknown.join(', ')}"`,
    );
  }
  const members: Member[] = [];
  const skipped: Skipped[] = [];
  for (const [id, account] of [...byId].sort(([one], [other]) => one.localeCompare(other))) {
    if (accounts && !accounts.includes(id)) continue;
    const member = { id, name: account.Name ?? id };
    const why = whySkipped(account, managementAccount, accounts ? [] : configured?.exceptAccounts);
    if (why === undefined) members.push(member);
    else skipped.push({ ...member, why });
  }
  return { organization, managementAccount, members, skipped };
}

/** The groups of the members that have options of their own, by account. */
export async function readGroups(
  clients: Clients,
  config: BaselineConfig,
): Promise<ReadonlyMap<string, string>> {
  const client = clients.get(OrganizationsClient);
  const found = new Map<string, string>();
  for (const { name, targets } of memberGroupsOf(config)) {
    if (name === '') continue;
    const accounts = await Promise.all(targets.map((unit) => accountsBelow(client, unit)));
    for (const { Id = noAnswer('the ID of an account') } of accounts.flat()) found.set(Id, name);
  }
  return found;
}

/** The accounts of an OU and of the OUs below it. */
async function accountsBelow(client: OrganizationsClient, ParentId: string): Promise<Account[]> {
  const [own, units] = await Promise.all([
    all(
      paginateListAccountsForParent({ client }, { ParentId }),
      (page) => page.Accounts ?? noAnswer('the accounts'),
    ),
    all(
      paginateListOrganizationalUnitsForParent({ client }, { ParentId }),
      (page) => page.OrganizationalUnits ?? noAnswer('the OUs'),
    ),
  ]);
  const below: Account[] = [];
  // One after another: Organizations allows few calls a second.
  for (const { Id = noAnswer('the ID of an OU') } of units) below.push(...(await accountsBelow(client, Id)));
  return [...own, ...below];
}

/**
 * `State` replaces `Status`, which AWS announced that it would remove on 2026-09-09.
 * @see https://docs.aws.amazon.com/organizations/latest/APIReference/API_Account.html
 */
function whySkipped(
  { Id = '', State, Status }: Account,
  managementAccount: string,
  except: readonly string[] = [],
): string | undefined {
  if (Id === managementAccount) return 'the management account, which `verify` checks';
  if (except.includes(Id)) return 'in organization.exceptAccounts';
  return UNUSABLE[State ?? Status ?? ''];
}
