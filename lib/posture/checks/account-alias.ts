import { outputOf } from '../baseline-parts';
import { shell } from '../shell';
import { check, type Check, fail, given, manual, pass } from './check';

export const ACCOUNT_ALIAS_CHECKS: readonly Check[] = [
  check(
    {
      check: 'account-alias',
      title: 'The account has its alias',
      problem: 'The account does not have its alias',
      area: 'settings',
      severity: 'medium',
      controls: [],
    },
    ({ accountAlias, suite }, { accountSettings: { alias } }) =>
      alias === undefined
        ? []
        : given({ accountAlias, suite }, ({ accountAlias: now, suite: stacks }) => {
            if (now === alias) return pass(`The alias is ${alias}.`, { resource: alias });
            if (outputOf(stacks, 'Settings', 'LeftAloneAccountAlias')?.includes(alias) === true) {
              return manual(
                `Another account has the alias ${alias}, so the deployment did not set it.`,
                { text: 'Choose another one in accountSettings.alias, and deploy.' },
                { resource: alias },
              );
            }
            return fail(
              `${now === undefined ? 'The account has no alias' : `The alias is ${now}`} instead of ${alias}: somebody changed it, or it is not deployed yet. Any other account can take ${alias}, and with it the address of your sign-in page.`,
              {
                text: 'Find out who changed it, and set it again. A deployment without changes does not set it.',
                command: shell`aws iam create-account-alias --account-alias ${alias}`,
              },
              { resource: alias },
            );
          }),
  ),
];
