import { join } from 'node:path';
import { CustomResource, Duration, Token } from 'aws-cdk-lib';
import { type IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { InlineFunction } from './inline-function';
import { acknowledgeWildcard } from './wildcard';

export interface PasswordPolicyProps {
  /**
   * Characters a password must have, 6 to 128.
   * @default 15
   */
  readonly minimumLength?: number;
  /**
   * Require an upper-case letter.
   * @default true
   */
  readonly requireUppercase?: boolean;
  /**
   * Require a lower-case letter.
   * @default true
   */
  readonly requireLowercase?: boolean;
  /**
   * Require a digit.
   * @default true
   */
  readonly requireNumbers?: boolean;
  /**
   * Require a symbol.
   * @default true
   */
  readonly requireSymbols?: boolean;
  /**
   * Former passwords that may not be used again, 1 to 24.
   * @default 24
   */
  readonly rememberedPasswords?: number;
  /**
   * Days after which a password expires, 1 to 1095.
   * @default - passwords do not expire
   */
  readonly expireAfterDays?: number;
  /**
   * Whether users may change their own password.
   * @default true
   */
  readonly usersMayChange?: boolean;
  /**
   * Whether an existing policy may be replaced by a weaker one. Otherwise the stricter of both holds in every field.
   * @default false
   */
  readonly allowWeaker?: boolean;
  /**
   * What Delete does: `restore` the policy that was there before, `retain` this one, or `delete` it.
   * @default 'restore'
   */
  readonly onRemoval?: 'restore' | 'retain' | 'delete';
}

/**
 * The account's password policy for IAM users, a custom resource because CloudFormation has no type for it.
 *
 * @throws {Error} if a number is outside IAM's limits
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccountPasswordPolicy.html
 */
export class PasswordPolicy extends Construct {
  /** Role of the function that sets it. */
  readonly role: IRole;

  constructor(scope: Construct, id: string, props: PasswordPolicyProps = {}) {
    super(scope, id);
    const { minimumLength = 15, rememberedPasswords = 24, expireAfterDays } = props;
    requireRange('minimumLength', minimumLength, 6, 128);
    requireRange('rememberedPasswords', rememberedPasswords, 1, 24);
    if (expireAfterDays !== undefined) requireRange('expireAfterDays', expireAfterDays, 1, 1095);

    const permissions = new PolicyStatement({
      actions: [
        'iam:GetAccountPasswordPolicy',
        'iam:UpdateAccountPasswordPolicy',
        'iam:DeleteAccountPasswordPolicy',
      ],
      // These actions know no resource: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
      resources: ['*'],
    });
    const handler = new InlineFunction(this, 'Function', {
      entry: join(__dirname, '../handlers/password-policy.ts'),
      description: 'Password policy',
      permissions: [permissions],
    });
    this.role = handler.executionRole;
    acknowledgeWildcard(
      handler.executionRole,
      '*',
      'The three password policy actions have no resource; nothing else has this one.',
    );

    // CloudFormation waits an hour by default for a function that never answers.
    const common = { serviceToken: handler.functionArn, serviceTimeout: Duration.minutes(2) };
    const former = new CustomResource(this, 'Former', {
      ...common,
      resourceType: 'Custom::FormerPasswordPolicy',
    });
    new CustomResource(this, 'Policy', {
      ...common,
      resourceType: 'Custom::PasswordPolicy',
      properties: {
        Former: former.ref,
        // As JSON: CloudFormation would make strings of numbers and booleans.
        Policy: JSON.stringify({
          MinimumPasswordLength: minimumLength,
          RequireUppercaseCharacters: props.requireUppercase ?? true,
          RequireLowercaseCharacters: props.requireLowercase ?? true,
          RequireNumbers: props.requireNumbers ?? true,
          RequireSymbols: props.requireSymbols ?? true,
          PasswordReusePrevention: rememberedPasswords,
          MaxPasswordAge: expireAfterDays,
          AllowUsersToChangePassword: props.usersMayChange ?? true,
        }),
        AllowWeaker: props.allowWeaker ?? false,
        OnRemoval: props.onRemoval ?? 'restore',
      },
    });
  }
}

function requireRange(name: string, value: number, minimum: number, maximum: number): void {
  if (Token.isUnresolved(value)) return;
  if (!Number.isInteger(value) || value < minimum || value > maximum) {
    throw new Error(`${name} must be a whole number from ${minimum} to ${maximum}, got ${value}`);
  }
}
