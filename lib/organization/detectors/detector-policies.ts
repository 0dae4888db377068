import { Validations } from 'aws-cdk-lib';
import { CfnPolicy } from 'aws-cdk-lib/aws-organizations';
import { Construct } from 'constructs';
import { inOrder } from '../structure/organization-structure';
import type { ProtectionPlan } from './protection-plans';

const assign = <T>(value: T) => ({ '@@assign': value });

/** What GuardDuty does in Regions. */
interface GuardDutyCoverage {
  readonly regions: readonly string[];
  /** Protection plans besides foundational threat detection. Others are not changed. */
  readonly plans: readonly ProtectionPlan[];
}

/**
 * Enables GuardDuty in Regions. What it does not name is not managed: other Regions and plans stay as they
 * are, and so does everything when the policy is detached.
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_guardduty_syntax.html
 */
function guardDutyPolicy({ regions, plans }: GuardDutyCoverage): object {
  const features = Object.fromEntries(
    ['foundational', ...plans].map((name) => [name, { status: assign('enabled') }]),
  );
  return { guardduty: { enablement: Object.fromEntries(regions.map((region) => [region, features])) } };
}

/**
 * Enables Security Hub, the current generation, in Regions. Other Regions stay as they are.
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_security_hub_syntax.html
 */
function securityHubPolicy(regions: readonly string[]): object {
  return { securityhub: { enable_in_regions: assign(regions), disable_in_regions: assign([]) } };
}

/** Properties of `DetectorPolicies`. */
export interface DetectorPoliciesProps {
  /** Prefix of the names. */
  readonly prefix: string;
  /** IDs of the root, of OUs or of accounts that the policies are attached to. */
  readonly targets: readonly string[];
  /**
   * Coverage by GuardDuty.
   * @default - no policy
   */
  readonly guardDuty?: GuardDutyCoverage;
  /**
   * Regions in which Security Hub is enabled.
   * @default - no policy
   */
  readonly securityHub?: readonly string[];
}

/**
 * Policies of the organization that enable detectors in its accounts, those that join later too. Existing
 * detectors are adopted. Removal detaches the policies, and the detectors stay.
 */
export class DetectorPolicies extends Construct {
  /** The policies, each after the one before it. */
  readonly created: readonly CfnPolicy[];

  constructor(scope: Construct, id: string, props: DetectorPoliciesProps) {
    super(scope, id);
    const { prefix, targets, guardDuty, securityHub } = props;
    const create = (construct: string, name: string, type: string, content: object, description: string) =>
      new CfnPolicy(this, construct, {
        name: `${prefix}-${name}`,
        description,
        type,
        content,
        targetIds: [...targets],
      });
    this.created = [
      guardDuty &&
        create(
          'GuardDuty',
          'guard-duty',
          'GUARDDUTY_POLICY',
          guardDutyPolicy(guardDuty),
          'Enables GuardDuty in every account, billed by use',
        ),
      securityHub &&
        create(
          'SecurityHub',
          'security-hub',
          'SECURITYHUB_POLICY',
          securityHubPolicy(securityHub),
          'Enables Security Hub in every account, billed by use',
        ),
    ].filter((policy) => policy !== undefined);
    const [first] = this.created;
    if (guardDuty && first) {
      Validations.of(first).acknowledge({
        id: 'CloudFormation-Validate::W3030',
        reason: 'The list of policy types that the rule knows is older than GUARDDUTY_POLICY.',
      });
    }
    inOrder(this.created);
  }
}
