import { Construct } from 'constructs';
import { passwordPolicy as rules } from '../config/sections/password-policy';
import { checkProps } from '../fields/check-props';
import * as passwordPolicy from './password-policy-setting';
import { AccountSettingFunction } from './setting-function';

/** Properties of `PasswordPolicy`. */
export interface PasswordPolicyProps {
  /**
   * Function that applies the policy.
   * @default - a new function
   */
  readonly handler?: AccountSettingFunction;
  /**
   * Minimum number of characters, 6 to 128.
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
   * Number of previous passwords that cannot be reused, 1 to 24.
   * @default 24
   */
  readonly passwordReusePrevention?: number;
  /**
   * Days after which a password expires, 1 to 1095.
   * @default - passwords do not expire
   */
  readonly expireAfterDays?: number;
  /**
   * Whether users can change their own password.
   * @default true
   */
  readonly allowUsersToChangePassword?: boolean;
  /**
   * Whether this policy can be weaker than the existing one. Otherwise the stricter value of both applies to
   * each field.
   * @default false
   */
  readonly allowWeaker?: boolean;
  /**
   * What happens to the policy when you delete the stack: `'restore'` the previous policy or `'retain'` this
   * one.
   * @default 'restore'
   */
  readonly onRemoval?: 'restore' | 'retain';
}

/**
 * The account's password policy for IAM users. CloudFormation has no resource type for it. Use it once per
 * account.
 * @example
 * new PasswordPolicy(this, 'PasswordPolicy', { minimumLength: 20, onRemoval: 'retain' });
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccountPasswordPolicy.html
 */
export class PasswordPolicy extends Construct {
  constructor(scope: Construct, id: string, props: PasswordPolicyProps = {}) {
    super(scope, id);
    const {
      minimumLength = 15,
      passwordReusePrevention = 24,
      expireAfterDays,
      onRemoval = 'restore',
    } = props;
    checkProps(rules.unwrap().shape, props);

    const handler = props.handler ?? new AccountSettingFunction(this, 'Function');
    // IAM's request leaves out disabled fields.
    const on = (flag = true) => flag || undefined;
    handler.set(this, passwordPolicy, {
      id: 'Resource',
      value: {
        MinimumPasswordLength: minimumLength,
        RequireUppercaseCharacters: on(props.requireUppercase),
        RequireLowercaseCharacters: on(props.requireLowercase),
        RequireNumbers: on(props.requireNumbers),
        RequireSymbols: on(props.requireSymbols),
        PasswordReusePrevention: passwordReusePrevention,
        MaxPasswordAge: expireAfterDays,
        AllowUsersToChangePassword: on(props.allowUsersToChangePassword),
      },
      allowWeaker: props.allowWeaker,
      retain: onRemoval === 'retain',
    });
  }
}
