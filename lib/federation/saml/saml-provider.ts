import { Aws, Annotations } from 'aws-cdk-lib';
import { CfnSAMLProvider, FederatedPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { PersonRole } from '../../access/person-roles';
import { consoleDomain } from '../../console/console-domain';
import { daysLeft, EXPIRES_SOON_DAYS, readSamlMetadata } from './metadata';

/** Attributes of an assertion that a trust policy can check, and their condition keys. */
export const GROUP_ATTRIBUTES = {
  eduPersonAffiliation: 'saml:edupersonaffiliation',
  eduPersonEntitlement: 'saml:edupersonentitlement',
} as const;

/** A role that the provider's people can assume. */
export interface SamlRole {
  readonly role: PersonRole;
  /**
   * Value that the group attribute must have.
   * @default - the provider alone decides, by the roles that it names in the assertion
   */
  readonly group?: string;
}

/** Props of {@link SamlProvider}. */
export interface SamlProviderProps {
  /** Name of the provider in IAM. */
  readonly name: string;
  /** The metadata document of the identity provider. */
  readonly metadata: string;
  /** Roles that the provider's people can assume. */
  readonly roles: readonly SamlRole[];
  /** Attribute with the groups of a person. */
  readonly groupAttribute: keyof typeof GROUP_ATTRIBUTES;
}

/** A SAML identity provider whose people assume roles, with their e-mail address as source identity. */
export class SamlProvider extends Construct {
  /** ARN of the provider. */
  readonly arn: string;
  /** Statements of the trust policies of these roles. */
  readonly trust: Readonly<Partial<Record<PersonRole, readonly PolicyStatement[]>>>;

  constructor(scope: Construct, id: string, props: SamlProviderProps) {
    super(scope, id);
    const provider = new CfnSAMLProvider(this, 'Default', {
      name: props.name,
      samlMetadataDocument: props.metadata,
    });
    this.arn = provider.ref;
    const days = daysLeft(readSamlMetadata(props.metadata), new Date());
    if (days < EXPIRES_SOON_DAYS) {
      Annotations.of(provider).addWarningV2(
        'account-baseline:saml-certificate',
        `The signing certificate of the SAML provider ${props.name} expires in ${days} days: get new metadata from the identity provider.`,
      );
    }
    this.trust = Object.fromEntries(
      props.roles.map((role) => [role.role, this.statements(role, props.groupAttribute)]),
    );
  }

  /**
   * The audience must be an exact endpoint: a pattern would let in an assertion for another service whose
   * address has the same ending. The global one and that of the home Region stay available for each other.
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-saml
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_saml_assertions.html
   */
  private statements({ group }: SamlRole, groupAttribute: keyof typeof GROUP_ATTRIBUTES): PolicyStatement[] {
    const principals = [new FederatedPrincipal(this.arn)];
    const domain = consoleDomain(this, 'signIn');
    const byMail = { 'sts:SourceIdentity': '?*@?*' };
    return [
      new PolicyStatement({
        sid: 'FederatedPeople',
        principals,
        actions: ['sts:AssumeRoleWithSAML'],
        conditions: {
          StringEquals: { 'SAML:aud': [`https://${domain}/saml`, `https://${Aws.REGION}.${domain}/saml`] },
          StringLike: byMail,
          ...(group === undefined
            ? {}
            : { 'ForAnyValue:StringEquals': { [GROUP_ATTRIBUTES[groupAttribute]]: group } }),
        },
      }),
      new PolicyStatement({
        sid: 'MailAsSourceIdentity',
        principals,
        actions: ['sts:SetSourceIdentity'],
        conditions: { StringLike: byMail },
      }),
    ];
  }
}
