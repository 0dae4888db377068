import { shell } from '../shell';
import { AS_ROOT, check, type Check, fail, given, pass, unknown } from './check';

export const KEY_CHECKS: readonly Check[] = [
  check(
    {
      check: 'key-alias',
      title: 'The name of the encryption key points to the key',
      problem: 'The name of the encryption key points to another key, or to none',
      area: 'trail',
      severity: 'medium',
      controls: [],
    },
    ({ key, region }, { customerKey }) =>
      customerKey
        ? given({ key }, ({ key: state }) => {
            // The check of the rotation reports that it was deleted.
            if (!state) return [];
            const { arn: resource, alias } = state;
            if (!alias) return unknown('No stack gives the key a name.', { resource });
            const { name } = alias;
            return given({ leadsTo: alias.leadsTo }, ({ leadsTo }) => {
              if (leadsTo === resource) return pass(`${name} points to the key.`, { resource });
              const commandOf = (verb: string) =>
                shell`aws kms ${verb} --region ${region} --alias-name ${name} --target-key-id ${resource}`;
              return leadsTo === undefined
                ? fail(
                    `${name} was deleted, so that anyone who may create names can give it to another key.`,
                    {
                      text: 'Find out who deleted it, then give the key its name again.',
                      command: commandOf('create-alias'),
                    },
                    { resource },
                  )
                : fail(
                    `${name} leads to ${leadsTo}. Who uses the key by this name, as runbooks tell people to, uses another key.`,
                    {
                      text: `Find out who changed it, then let it lead to the key again ${AS_ROOT}.`,
                      command: commandOf('update-alias'),
                    },
                    { resource },
                  );
            });
          })
        : [],
  ),
];
