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
  const classes: [name: string, wanted: boolean, has: boolean | undefined][] = [
    ['upper-case letter', wanted.requireUppercase, policy.RequireUppercaseCharacters],
    ['lower-case letter', wanted.requireLowercase, policy.RequireLowercaseCharacters],
    ['digit', wanted.requireNumbers, policy.RequireNumbers],
    ['symbol', wanted.requireSymbols, policy.RequireSymbols],
  ];
  return [
    ...(length < wanted.minimumLength ? [`${length} characters instead of ${wanted.minimumLength}`] : []),
    ...classes.flatMap(([name, isWanted, has]) => (isWanted && has !== true ? [`no ${name}`] : [])),
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
