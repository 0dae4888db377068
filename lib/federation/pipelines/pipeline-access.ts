import { Aws } from 'aws-cdk-lib';
import {
  CfnOIDCProvider,
  type IManagedPolicy,
  type IRole,
  ManagedPolicy,
  Role,
  WebIdentityPrincipal,
} from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { RIGHTS_OF } from '../../access/person-roles';
import { verifyStatements } from '../../access/verify-statements';
import { acknowledge, acknowledgeWildcard } from '../../functions/nag-suppressions';
import { nameTrust } from '../../functions/service-role';
import { AUDIENCE, hostOf } from './issuers';
import {
  type Claims,
  conditionsOf,
  type Pipeline,
  PIPELINE_ROLES,
  type PipelineRole,
  roleName,
} from './pipelines';
import { assumeCdkRoles, deployBaseline } from './rights';

/** Props of {@link PipelineAccess}. */
export interface PipelineAccessProps {
  /** Prefix of the names of the roles and of the suite's stacks. */
  readonly prefix: string;
  /** Pipelines that get roles. Their names must differ. */
  readonly pipelines: readonly Pipeline[];
  /** Qualifier of `cdk bootstrap`, such as `hnb659fds`. */
  readonly cdkQualifier: string;
  /**
   * URLs of issuers that the account already has a provider of.
   * @default []
   */
  readonly existingProviders?: readonly string[];
}

/**
 * Roles that pipelines assume with the tokens of their platform, and a provider for each issuer.
 *
 * A provider has no thumbprints: IAM checks the certificate of the issuer by its own list of authorities, and
 * reads the thumbprint itself where that is not enough.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html
 */
export class PipelineAccess extends Construct {
  /** The roles, with the names that workflows use. */
  readonly roles: readonly IRole[];

  private readonly policies = new Map<string, IManagedPolicy>();

  constructor(
    scope: Construct,
    id: string,
    private readonly props: PipelineAccessProps,
  ) {
    super(scope, id);
    const { pipelines } = props;
    const providers = new Map(
      [...new Set(pipelines.map(({ issuer }) => issuer))].map((issuer) => [issuer, this.provider(issuer)]),
    );
    this.roles = pipelines.flatMap((pipeline) =>
      PIPELINE_ROLES.flatMap((what) => {
        const claims = pipeline[what];
        return claims ? this.role(pipeline, what, claims, providers.get(pipeline.issuer) ?? '') : [];
      }),
    );
  }

  /** ARN of the provider of an issuer, which this stack creates unless the account has one. */
  private provider(issuer: string): string {
    const host = hostOf(issuer);
    if (this.props.existingProviders?.includes(issuer)) {
      return `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:oidc-provider/${host}`;
    }
    return new CfnOIDCProvider(this, `Provider${host}`, { url: issuer, clientIdList: [AUDIENCE] }).ref;
  }

  private role(pipeline: Pipeline, what: PipelineRole, claims: Claims, provider: string): Role {
    const { name, issuer } = pipeline;
    const role = new Role(this, idOf(name, what), {
      roleName: roleName(this.props.prefix, name, what),
      assumedBy: new WebIdentityPrincipal(provider, conditionsOf(issuer, claims)),
      description: DESCRIPTIONS[what](name),
      managedPolicies: this.policiesOf(pipeline, what),
    });
    nameTrust(role, 'TokenAssumesRole');
    acknowledge(role, {
      reason: what === 'verify' ? 'It reads what auditors do.' : 'The configuration names the policies.',
      cdkNag: managedPoliciesOf(pipeline, what)
        .filter((policy) => !policy.startsWith('arn:'))
        .map((policy) => `AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/${policy}]`),
    });
    acknowledge(role, {
      reason: 'Workflows contain its name.',
      guard: ['CFN_NO_EXPLICIT_RESOURCE_NAMES'],
      cfnNag: ['W28'],
    });
    return role;
  }

  private policiesOf(pipeline: Pipeline, what: PipelineRole): IManagedPolicy[] {
    const { name: id, rights } = pipeline;
    const managed = managedPoliciesOf(pipeline, what).map((name, index) =>
      name.startsWith('arn:')
        ? ManagedPolicy.fromManagedPolicyArn(this, `${idOf(id, what)}${index}`, name)
        : ManagedPolicy.fromAwsManagedPolicyName(name),
    );
    if (what === 'verify') return [...managed, this.verifyPolicy()];
    if (rights === 'cdk') return [this.policy('Cdk', what)];
    return rights === 'baseline' ? [this.policy('Baseline', what)] : managed;
  }

  /** What `verify` needs besides what auditors may read. */
  private verifyPolicy(): IManagedPolicy {
    const id = 'VerifyRights';
    const existing = this.policies.get(id);
    if (existing) return existing;
    const { statements, resources } = verifyStatements(this, this.props.prefix);
    const policy = new ManagedPolicy(this, id, {
      description: 'Pipelines that verify the account baseline.',
      statements,
    });
    for (const resource of [...resources, '*']) {
      acknowledgeWildcard(policy, resource, 'It only reads settings.');
    }
    this.policies.set(id, policy);
    return policy;
  }

  /** One policy for all pipelines that need it. Roles have no statements of their own. */
  private policy(kind: 'Cdk' | 'Baseline', what: 'plan' | 'deploy'): IManagedPolicy {
    const id = `${kind}${what === 'plan' ? 'Plan' : 'Deploy'}Rights`;
    const existing = this.policies.get(id);
    if (existing) return existing;
    const { prefix, cdkQualifier } = this.props;
    const statements =
      kind === 'Cdk' ? assumeCdkRoles(this, cdkQualifier, what) : deployBaseline(this, prefix, what);
    const policy = new ManagedPolicy(this, id, {
      description:
        kind === 'Cdk'
          ? `Pipelines that ${what} CDK apps: assume the roles of cdk bootstrap.`
          : `Pipelines that ${what} the account baseline.`,
      statements,
    });
    for (const resource of new Set(statements.flatMap((statement) => statement.resources))) {
      acknowledgeWildcard(
        policy,
        resource,
        resource === '*'
          ? 'Only through CloudFormation, which deploys the baseline with the permissions of the role.'
          : 'Names end with a Region, or begin with the prefix of the baseline.',
      );
    }
    if (statements.some(({ actions }) => actions.includes('*'))) {
      acknowledge(policy, {
        reason: 'It deploys policies, roles and settings of many services, through CloudFormation only.',
        cdkNag: [
          'AwsSolutions-IAM5[Action::*]',
          'NIST.800.53.R5-IAMPolicyNoStatementsWithAdminAccess',
          'NIST.800.53.R5-IAMPolicyNoStatementsWithFullAccess',
        ],
      });
    }
    this.policies.set(id, policy);
    return policy;
  }
}

/** Managed policies that the configuration names, or that auditors have. */
function managedPoliciesOf({ rights }: Pipeline, what: PipelineRole): readonly string[] {
  if (what === 'verify') return RIGHTS_OF.Auditor.managedPolicies;
  return typeof rights === 'string' ? [] : rights[what];
}

const DESCRIPTIONS: Readonly<Record<PipelineRole, (name: string) => string>> = {
  plan: (name) => `Pull requests of ${name}: reads only`,
  deploy: (name) => `Deployments of ${name}`,
  verify: (name) => `Checks of ${name}: reads settings only`,
};

const SUFFIXES: Readonly<Record<PipelineRole, string>> = { plan: 'Plan', deploy: 'Deploy', verify: 'Verify' };

/** Names with other characters than letters and digits keep the hash of the CDK in the logical ID. */
const idOf = (pipeline: string, what: PipelineRole) => `${pipeline}${SUFFIXES[what]}`;
