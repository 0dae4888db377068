import type { Construct } from 'constructs';
import { denyFirstPasswords } from '../access/first-passwords';
import { denyTampering, protectSuite } from '../access/guard';
import { IdentityCenterAccess } from '../federation/identity-center/identity-center-access';
import { protectPipelines } from '../federation/pipelines/guard';
import { createdIssuers, hostOf } from '../federation/pipelines/issuers';
import { protectStackSets } from '../organization/organization-guard';
import { BaselineStack, type ConfiguredStackProps } from './baseline-stack';
import { suiteProtection } from './suite-protection';

/** Permission sets of IAM Identity Center, and their assignments to groups. */
export class IdentityCenterStack extends BaselineStack {
  constructor(scope: Construct, id: string, props: ConfiguredStackProps) {
    super(scope, id, props);
    const { config } = props;
    const prefix = config.stackName;
    const { identityCenter } = config.federation;
    if (!identityCenter) throw new Error('federation.identityCenter must be configured, got nothing');
    const guard = config.access.guard
      ? [
          denyTampering([
            ...protectSuite(this, suiteProtection(config)),
            ...protectPipelines(this, prefix, createdIssuers(config).map(hostOf)),
            // Its policies have IDs that are not known before the stack Organization.
            ...(config.organization ? [protectStackSets(this, prefix)] : []),
          ]),
        ]
      : [];
    const delegation = config.access.delegation
      ? { boundary: `${prefix}-Delegated`, ownPolicies: [`${prefix}-RoleMaker`] }
      : {};
    new IdentityCenterAccess(this, 'People', {
      instanceArn: identityCenter.instanceArn,
      sessionHours: identityCenter.sessionHours,
      prefix,
      // Names of permission sets have 32 characters, of which the prefix and its hyphen take 25.
      audiences: [
        {
          name: 'Admin',
          description: 'Administers the account',
          policies: ['AdministratorAccess'],
          groups: Object.values(identityCenter.administrators),
          denials: guard,
        },
        {
          name: 'Power',
          description: 'Uses every service, but manages no people',
          policies: ['PowerUserAccess'],
          groups: Object.values(identityCenter.powerUsers),
          denials: [...guard, denyFirstPasswords(this)],
          ...delegation,
        },
        {
          name: 'Read',
          description: 'Reads everything',
          policies: ['ReadOnlyAccess'],
          groups: Object.values(identityCenter.readers),
        },
        {
          name: 'Audit',
          description: 'Reads settings, but no data',
          policies: ['SecurityAudit', 'job-function/ViewOnlyAccess'],
          groups: Object.values(identityCenter.auditors),
        },
        {
          name: 'Bills',
          description: 'Reads bills',
          policies: ['AWSBillingReadOnlyAccess'],
          groups: Object.values(identityCenter.billing),
        },
      ],
    });
  }
}
