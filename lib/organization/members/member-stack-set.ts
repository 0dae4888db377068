import { CfnStackSet, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';

/** Maximum size of a template in a request, in bytes. */
const LIMIT = 51_200;

/** Accounts that CloudFormation deploys to at a time. */
export const DEPLOYED_AT_A_TIME = 50;

/** Properties of `MemberStackSet`. */
export interface MemberStackSetProps {
  /** Name of the StackSet: 1 to 128 letters, digits and hyphens. Stacks of members are named after it. */
  readonly name: string;
  /** Template of the stacks, at most 51,200 bytes. */
  readonly template: string;
  /**
   * Values of the template's parameters, by their names.
   * @default {}
   */
  readonly parameters?: Readonly<Record<string, string>>;
  /** IDs of the root or of the OUs whose accounts get a stack. */
  readonly targets: readonly string[];
  /**
   * Accounts in them that get none.
   * @default []
   */
  readonly exceptAccounts?: readonly string[];
}

/**
 * A stack in each member of an organization, in the Region of the parent. An account that joins gets one
 * automatically; one that leaves keeps it. The management account gets none.
 *
 * A member that fails does not stop or roll back the others: CloudFormation shows it as outdated, and the
 * same operation tries it again.
 *
 * @throws {Error} if the template is too large
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-manage-auto-deployment.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_StackSetOperationPreferences.html
 */
export class MemberStackSet extends Construct {
  /** Command that tries again where the last operation failed. */
  readonly retryCommand: string;

  constructor(scope: Construct, id: string, props: MemberStackSetProps) {
    super(scope, id);
    const { name, template, parameters = {}, targets, exceptAccounts = [] } = props;
    const bytes = Buffer.byteLength(template);
    if (bytes > LIMIT) throw new Error(`template must have at most ${LIMIT} bytes, got ${bytes}`);
    const { region } = Stack.of(this);
    new CfnStackSet(this, 'Resource', {
      stackSetName: name,
      description: 'Account baseline of the members of the organization',
      permissionModel: 'SERVICE_MANAGED',
      callAs: 'SELF',
      capabilities: ['CAPABILITY_NAMED_IAM'],
      templateBody: template,
      parameters: Object.entries(parameters).map(([parameterKey, parameterValue]) => ({
        parameterKey,
        parameterValue,
      })),
      autoDeployment: { enabled: true, retainStacksOnAccountRemoval: true },
      // Operations that do not conflict run at once; others wait.
      managedExecution: { Active: true },
      operationPreferences: {
        maxConcurrentCount: DEPLOYED_AT_A_TIME,
        failureTolerancePercentage: 100,
        regionConcurrencyType: 'PARALLEL',
      },
      stackInstancesGroup: [
        {
          regions: [region],
          deploymentTargets: {
            organizationalUnitIds: [...targets],
            ...(exceptAccounts.length > 0
              ? { accounts: [...exceptAccounts], accountFilterType: 'DIFFERENCE' }
              : {}),
          },
        },
      ],
    });
    this.retryCommand =
      `aws cloudformation create-stack-instances --stack-set-name ${name} --regions ${region} ` +
      `--deployment-targets ${shorthand(targets, exceptAccounts)} ` +
      `--operation-preferences MaxConcurrentCount=${DEPLOYED_AT_A_TIME},FailureTolerancePercentage=100`;
  }
}

/** The targets as the AWS CLI takes them. */
function shorthand(targets: readonly string[], exceptAccounts: readonly string[]): string {
  const units = `OrganizationalUnitIds=${targets.join(',')}`;
  if (exceptAccounts.length === 0) return units;
  return `${units},Accounts=${exceptAccounts.join(',')},AccountFilterType=DIFFERENCE`;
}
