import { CfnStackSet } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ORGANIZATION_ANALYZER } from '../../settings/analyzer';

/** Properties of `OrganizationAnalyzers`. */
export interface OrganizationAnalyzersProps {
  /** Name of the StackSet. */
  readonly name: string;
  /** ID of the root of the organization. */
  readonly rootId: string;
  /** The account that administers IAM Access Analyzer for the organization. */
  readonly administrator: string;
  /** Regions that get one. */
  readonly regions: readonly string[];
}

/** Its zone of trust is the organization: what members share with each other is not a finding. */
const TEMPLATE = {
  Description: 'Account baseline: analyzer of the organization',
  Resources: {
    Analyzer: {
      Type: 'AWS::AccessAnalyzer::Analyzer',
      Properties: { AnalyzerName: ORGANIZATION_ANALYZER, Type: 'ORGANIZATION' },
    },
  },
};

/**
 * Analyzers for access from outside the organization, in the account that administers IAM Access Analyzer.
 * Only this account, which a StackSet reaches, or the management account can have them.
 *
 * A Region can have one. Where there is one already, the deployment fails and is rolled back, as with other
 * detectors.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-delegated-administrator.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-cloudformation-stackset-deploymenttargets.html
 */
export class OrganizationAnalyzers extends Construct {
  constructor(scope: Construct, id: string, props: OrganizationAnalyzersProps) {
    super(scope, id);
    const { name, rootId, administrator, regions } = props;
    new CfnStackSet(this, 'Resource', {
      stackSetName: name,
      description: 'Analyzers of the organization, in the account that administers them',
      permissionModel: 'SERVICE_MANAGED',
      callAs: 'SELF',
      templateBody: JSON.stringify(TEMPLATE),
      // It ignores the filter: every account that joins would get an analyzer.
      autoDeployment: { enabled: false },
      managedExecution: { Active: true },
      operationPreferences: { failureToleranceCount: 0, regionConcurrencyType: 'PARALLEL' },
      stackInstancesGroup: [
        {
          regions: [...regions],
          deploymentTargets: {
            organizationalUnitIds: [rootId],
            accounts: [administrator],
            accountFilterType: 'INTERSECTION',
          },
        },
      ],
    });
  }
}
