import { Aws } from 'aws-cdk-lib';
import { Effect, PolicyStatement, StarPrincipal } from 'aws-cdk-lib/aws-iam';
import { list } from '../fields/basics';
import { checkProps } from '../fields/check-props';
import { matching } from '../fields/text';

/**
 * True for requests that do not come through CloudFormation with the caller's permissions.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-calledvia
 */
export const OUTSIDE_CLOUDFORMATION = {
  'ForAllValues:StringNotEquals': { 'aws:CalledVia': 'cloudformation.amazonaws.com' },
};

/**
 * The session of CloudFormation with a service role: such calls have no `aws:CalledVia`, but their session is
 * named AWSCloudFormation. Anyone who assumes a role themselves can choose that name too. `aws:userid` is the
 * account ID for root, and `role-id:session-name` for a role.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#principaltable
 * @see https://docs.aws.amazon.com/codestar/latest/userguide/troubleshooting.html
 */
const BY_SERVICE_ROLE = '*:AWSCloudFormation';

/**
 * False for root and for people: sessions of roles that services assume have no MFA, nor have access keys.
 * Sessions of IAM Identity Center have no MFA context either, but only it can create roles at this path. The
 * partition and account are wildcards because nobody of another account is allowed anything here.
 * @see https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html
 */
export const NOT_BY_PEOPLE = {
  BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' },
  ArnNotLike: {
    'aws:PrincipalArn': ['arn:*:iam::*:root', 'arn:*:iam::*:role/aws-reserved/sso.amazonaws.com/*'],
  },
};

/** ARN of one role: a wildcard would exempt others. */
const roleArn = () =>
  matching(/^arn:[a-z-]+:iam::\d{12}:role\/[\w+=,.@/-]+$/, 'must be the ARN of a role, without wildcards');

/** Props of {@link denyOutsideCloudFormation}. */
export interface DenialProps {
  /** Sid of the statement: letters and digits. */
  readonly sid: string;
  /** Actions that are denied. */
  readonly actions: string[];
  /**
   * Whether people with MFA, or of IAM Identity Center, are exempt too.
   * @default false
   */
  readonly exemptPeople?: boolean;
  /**
   * ARNs of roles for people, whose sessions have no MFA either: assuming the role required it.
   * @default []
   */
  readonly peopleRoleArns?: readonly string[];
}

/**
 * A statement for the policy of a resource that denies actions to everyone in the account, whatever their own
 * policies allow, except through CloudFormation and to root.
 */
export function denyOutsideCloudFormation(props: DenialProps): PolicyStatement {
  const { sid, actions, exemptPeople, peopleRoleArns = [] } = props;
  checkProps({ peopleRoleArns: list(roleArn(), 'ARNs of roles') }, { peopleRoleArns });
  return new PolicyStatement({
    sid,
    effect: Effect.DENY,
    principals: [new StarPrincipal()],
    actions,
    // In the policy of a resource, * is the resource itself.
    resources: ['*'],
    conditions: {
      ...OUTSIDE_CLOUDFORMATION,
      // Root is one of the people. It is always exempt, so that it can repair the policy of a resource.
      ...(exemptPeople
        ? {
            StringNotLike: { 'aws:userid': BY_SERVICE_ROLE },
            ...NOT_BY_PEOPLE,
            ArnNotLike: {
              'aws:PrincipalArn': [...NOT_BY_PEOPLE.ArnNotLike['aws:PrincipalArn'], ...peopleRoleArns],
            },
          }
        : { StringNotLike: { 'aws:userid': [Aws.ACCOUNT_ID, BY_SERVICE_ROLE] } }),
    },
  });
}
