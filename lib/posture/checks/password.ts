import type { PasswordPolicy } from '@aws-sdk/client-iam';
import type { BaselineConfig } from '../../config';
import { check, fail, given, pass, REDEPLOY } from './check';

export const PASSWORD_CHECKS = [
  check(
    {
      check: 'password-policy',
      title: 'The password policy is as strict as the configuration',
      area: 'password',
      severity: 'high',
      controls: ['CIS 2.8', 'CIS 2.9', 'FSBP IAM.7', 'SSB ACCT.06'],
    },
    ({ passwordPolicy }, config) =>
      given({ passwordPolicy }, ({ passwordPolicy: policy }) => {
        if (!policy)
          return fail('The account has no password policy; AWS’s default asks for 8 characters.', REDEPLOY);
        const faults = weakerThan(config.passwordPolicy, policy);
        return faults.length === 0
          ? pass(`Passwords have ${policy.MinimumPasswordLength ?? 0} characters or more.`)
          : fail(`The password policy is weaker than the configuration: ${faults.join(', ')}.`, REDEPLOY);
      }),
  ),
];

/** What the policy asks less of than the configuration does; stricter is fine, since a stricter policy is kept. */
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
    ...(remembered < wanted.rememberedPasswords
      ? [`${remembered} remembered instead of ${wanted.rememberedPasswords}`]
      : []),
    ...(wanted.expireAfterDays !== undefined && age > wanted.expireAfterDays
      ? [
          `${age === Infinity ? 'no expiry' : `expiry after ${age} days`} instead of ${wanted.expireAfterDays} days`,
        ]
      : []),
  ];
}

/** Which kinds of characters the configuration wants, and which the policy asks for. */
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
