import { type CfnResource, RemovalPolicy } from 'aws-cdk-lib';
import { CfnAccount, CfnOrganizationalUnit } from 'aws-cdk-lib/aws-organizations';
import { Construct } from 'constructs';
import type { Organization } from '../policies/policy';

/** Properties of `OrganizationUnits`. */
export interface OrganizationUnitsProps {
  /** ID of the root of the organization, such as r-a1b2. */
  readonly rootId: string;
  /** OUs by their paths: 'create', or the ID of one that exists. Each has the one above it, too. */
  readonly units: Organization['units'];
}

/** Properties of `OrganizationAccounts`. */
export interface OrganizationAccountsProps {
  /** Accounts by their names. Those with an ID exist, and are not changed. */
  readonly accounts: Organization['accounts'];
  /** The OUs to which the accounts refer by path. */
  readonly units: OrganizationUnits;
}

/**
 * OUs of an organization. They stay when they are removed from the configuration, because accounts may be in
 * them. CloudFormation cannot adopt an OU that exists; its ID stands for it.
 */
export class OrganizationUnits extends Construct {
  /** The OUs that this construct creates, by path, one after the other. */
  readonly created: ReadonlyMap<string, CfnOrganizationalUnit>;
  private readonly ids = new Map<string, string>();

  constructor(
    scope: Construct,
    id: string,
    private readonly props: OrganizationUnitsProps,
  ) {
    super(scope, id);
    const created = new Map<string, CfnOrganizationalUnit>();
    // An OU before those below it.
    for (const path of Object.keys(props.units).sort()) {
      const known = props.units[path];
      if (known !== undefined && known !== 'create') {
        this.ids.set(path, known);
        continue;
      }
      const names = path.split('/');
      const unit = new CfnOrganizationalUnit(this, constructId(path), {
        name: names.at(-1) ?? path,
        parentId: this.idOf(names.slice(0, -1).join('/')),
      });
      unit.applyRemovalPolicy(RemovalPolicy.RETAIN);
      this.ids.set(path, unit.attrId);
      created.set(path, unit);
    }
    this.created = created;
    inOrder([...created.values()]);
  }

  /**
   * The ID of an OU.
   *
   * @param unit path, or the ID itself; the root if empty
   * @throws {Error} if there is no OU with this path
   */
  idOf(unit = ''): string {
    if (unit === '') return this.props.rootId;
    const id = unit.startsWith('ou-') ? unit : this.ids.get(unit);
    if (id === undefined) throw new Error(`unit must be a path in organization.units, got ${unit}`);
    return id;
  }
}

/**
 * Accounts that become members of the organization, one after the other, because AWS refuses several at once.
 * They stay when they are removed from the configuration: without retention, CloudFormation would close them.
 * Organizations creates the role OrganizationAccountAccessRole in each.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-organizations-account.html
 */
export class OrganizationAccounts extends Construct {
  /** The accounts that this construct creates, by name. */
  readonly created: ReadonlyMap<string, CfnAccount>;

  constructor(scope: Construct, id: string, { accounts, units }: OrganizationAccountsProps) {
    super(scope, id);
    const created = new Map<string, CfnAccount>();
    for (const [accountName, { email, id: known, unit }] of Object.entries(accounts)) {
      if (known !== undefined || email === undefined) continue;
      const account = new CfnAccount(this, constructId(accountName), {
        accountName,
        email,
        parentIds: [units.idOf(unit)],
      });
      account.applyRemovalPolicy(RemovalPolicy.RETAIN);
      created.set(accountName, account);
    }
    this.created = created;
    inOrder([...created.values()]);
  }
}

/** CDK divides an ID at slashes, and leaves two words out of logical IDs. No name contains this character. */
function constructId(name: string): string {
  return `${name.replaceAll('/', '∕')}${['Default', 'Resource'].includes(name) ? '∕' : ''}`;
}

/** Organizations refuses changes at the same time (ConcurrentModificationException). */
export function inOrder(resources: readonly CfnResource[]): void {
  resources.forEach((resource, index) => {
    const previous = resources[index - 1];
    if (previous) resource.addResourceDependency(previous);
  });
}
