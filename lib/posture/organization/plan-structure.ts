import type { BaselineConfig } from '../../config/config';
import type { Entry } from '../preflight/plan';
import { shell } from '../shell';
import type { OrganizationAccount, Structure } from './surroundings';

type Organization = NonNullable<BaselineConfig['organization']>;

/** What a deployment does about the configured OUs. CloudFormation cannot create one whose name is taken. */
export function planUnits({ units, ours }: Structure, wanted: Organization['units']): Entry[] {
  return Object.entries(wanted).map(([path, unit]): Entry => {
    const what = `OU ${path}`;
    if (unit !== 'create') {
      const found = units.find(({ id }) => id === unit);
      if (found) return { what, action: 'adopt', why: `${unit} is ${found.path}. It is not changed.` };
      return {
        what,
        action: 'stop',
        why: `The organization has no OU ${unit}.`,
        remedy: { text: `Correct organization.units, or set '${path}' to 'create'.` },
      };
    }
    const taken = units.find((one) => one.path === path);
    if (!taken) return { what, action: 'create', why: 'The deployment creates it, and never deletes it.' };
    if (ours.includes(taken.id)) return { what, action: 'adopt', why: `${taken.id} is the baseline’s.` };
    return {
      what,
      action: 'stop',
      why: `${taken.id} has this name, and an OU cannot have two of the same name.`,
      remedy: { text: `Set organization.units['${path}'] to '${taken.id}', to use it as it is.` },
    };
  });
}

/** What a deployment does about the configured accounts. An e-mail address belongs to one account. */
export function planOwnAccounts(
  structure: Structure,
  existing: readonly OrganizationAccount[],
  { accounts, units, rootId }: Organization,
): Entry[] {
  /** The ID of an OU, if it exists. */
  const unitOf = (unit: string | undefined): string | undefined => {
    if (unit === undefined) return rootId;
    const known = unit.startsWith('ou-') ? unit : units[unit];
    return known === 'create' ? structure.units.find(({ path }) => path === unit)?.id : known;
  };
  return Object.entries(accounts).flatMap(([name, { email, id, unit }]): Entry[] => {
    const what = `Account ${name}`;
    if (id !== undefined) {
      if (!existing.some((account) => account.id === id)) {
        return [
          {
            what,
            action: 'stop',
            why: `The organization has no account ${id}.`,
            remedy: { text: `Correct organization.accounts['${name}'], or invite the account first.` },
          },
        ];
      }
      return [
        { what, action: 'adopt', why: `It is ${id}. It is not changed.` },
        ...(unit === undefined ? [] : elsewhere(what, id, structure.parents[id], unitOf(unit))),
      ];
    }
    const taken = existing.find((account) => account.email?.toLowerCase() === email?.toLowerCase());
    if (!taken) {
      return [
        { what, action: 'create', why: `The deployment creates it for ${email ?? ''}, and never closes it.` },
      ];
    }
    if (structure.ours.includes(taken.id)) {
      return [{ what, action: 'adopt', why: `${taken.id} is the baseline’s.` }];
    }
    return [
      {
        what,
        action: 'stop',
        why: `${taken.id} (${taken.name}) has the address ${email ?? ''}, and no other account can have it.`,
        remedy: { text: `Set organization.accounts['${name}'].id to '${taken.id}', to use it as it is.` },
      },
    ];
  });
}

/** An adopted account is not moved: its policies and settings would change with the OU. */
function elsewhere(what: string, id: string, now: string | undefined, wanted: string | undefined): Entry[] {
  if (now === undefined || now === wanted) return [];
  return [
    {
      what,
      action: 'info',
      why: `It is in ${now}, and the configuration has it elsewhere. A deployment does not move it.`,
      remedy:
        wanted === undefined
          ? { text: 'Deploy first, so that its OU exists. Then repeat this command.' }
          : {
              text: 'Move it. The policies of the other OU apply at once.',
              command: shell`aws organizations move-account --account-id ${id} --source-parent-id ${now} --destination-parent-id ${wanted}`,
            },
    },
  ];
}
