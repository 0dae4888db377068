import type { PasswordPolicy } from '@aws-sdk/client-iam';
import type { BaselineConfig } from '../../config/config';
import type { Remedy } from '../finding';
import { check, counted, fail, given, pass } from './check';

export const PASSWORD_CHECKS = [
  check(
    {
      check: 'password-policy',
      title: 'The password policy is as strict as the configuration',
      problem: 'The password policy is weaker than the configuration',
      area: 'password',
      severity: 'high',
      controls: ['CIS 2.8', 'CIS 2.9', 'FSBP IAM.7', 'SSB ACCT.06'],
    },
    ({ passwordPolicy }, config) =>
      given({ passwordPolicy }, ({ passwordPolicy: policy }) => {
        const remedy = stricterPolicy(config.passwordPolicy, policy ?? {});
        if (!policy)
          return fail('The account has no password policy. The AWS default requires 8 characters.', remedy);
        const faults = weakerThan(config.passwordPolicy, policy);
        const found = [
          ...(faults.length > 0
            ? [fail(`The password policy is weaker than the configuration: ${faults.join(', ')}.`, remedy)]
            : []),
          ...(policy.HardExpiry === true
            ? [
                fail(
                  'Hard expiry is enabled: only an administrator can restore access for somebody whose password expired.',
                  remedy,
                ),
              ]
            : []),
        ];
        return found.length > 0
          ? found
          : pass(`Passwords need at least ${policy.MinimumPasswordLength ?? 0} characters.`);
      }),
  ),
];

/**
 * The fix is manual, because CloudFormation does not invoke the function of an unchanged setting. The call
 * replaces the whole policy, so it also includes stricter values of the account.
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccountPasswordPolicy.html
 */
function stricterPolicy(wanted: BaselineConfig['passwordPolicy'], policy: PasswordPolicy): Remedy {
  const classes = ['uppercase-characters', 'lowercase-characters', 'numbers', 'symbols'];
  const ages = [wanted.expireAfterDays ?? 0, policy.MaxPasswordAge ?? 0].filter((age) => age > 0);
  const remembered = Math.max(wanted.passwordReusePrevention, policy.PasswordReusePrevention ?? 0);
  const options = [
    `--minimum-password-length ${Math.max(wanted.minimumLength, policy.MinimumPasswordLength ?? 0)}`,
    ...characterClasses(wanted, policy).flatMap(({ isWanted, has }, index) =>
      isWanted || has ? [`--require-${classes[index] ?? ''}`] : [],
    ),
    ...(remembered > 0 ? [`--password-reuse-prevention ${remembered}`] : []),
    ...(ages.length > 0 ? [`--max-password-age ${Math.min(...ages)}`] : []),
    '--no-hard-expiry',
    '--allow-users-to-change-password',
  ];
  return {
    text: 'Find out who changed it, then reapply it with this command. A deployment without changes does not reapply it.',
    command: `aws iam update-account-password-policy ${options.join(' ')}`,
  };
}

/**
 * The settings in which the policy is weaker than the configuration. Stricter ones are fine, because they are
 * kept.
 */
export function weakerThan(wanted: BaselineConfig['passwordPolicy'], policy: PasswordPolicy): string[] {
  const {
    MinimumPasswordLength: length = 6,
    PasswordReusePrevention: remembered = 0,
    MaxPasswordAge,
  } = policy;
  const age = MaxPasswordAge === undefined || MaxPasswordAge === 0 ? Infinity : MaxPasswordAge;
  return [
    ...(length < wanted.minimumLength ? [`${length} characters instead of ${wanted.minimumLength}`] : []),
    ...characterClasses(wanted, policy).flatMap(({ name, isWanted, has }) =>
      isWanted && !has ? [`no ${name}`] : [],
    ),
    ...(remembered < wanted.passwordReusePrevention
      ? [`${remembered} remembered instead of ${wanted.passwordReusePrevention}`]
      : []),
    ...(wanted.expireAfterDays !== undefined && age > wanted.expireAfterDays
      ? [
          `${age === Infinity ? 'no expiry' : `expiry after ${counted(age, 'day')}`} instead of ${wanted.expireAfterDays} days`,
        ]
      : []),
  ];
}

/** The character types that the configuration and the policy require. */
export function characterClasses(
  wanted: BaselineConfig['passwordPolicy'],
  policy: PasswordPolicy,
): { readonly name: string; readonly isWanted: boolean; readonly has: boolean | undefined }[] {
  return [
    { name: 'upper-case letter', isWanted: wanted.requireUppercase, has: policy.RequireUppercaseCharacters },
    { name: 'lower-case letter', isWanted: wanted.requireLowercase, has: policy.RequireLowercaseCharacters },
    { name: 'digit', isWanted: wanted.requireNumbers, has: policy.RequireNumbers },
    { name: 'symbol', isWanted: wanted.requireSymbols, has: policy.RequireSymbols },
  ];
}
