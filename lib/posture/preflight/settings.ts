import { z } from 'zod';
import type { BaselineConfig } from '../../config/config';
import { shell } from '../shell';
import type { Surroundings } from '../snapshot';
import { type Entry, notRead } from './plan';

/** Plans the alias of the account. An account can have only one, and no two accounts can have the same. */
export function planAlias(
  { accountAlias, suite }: Surroundings,
  { accountSettings }: BaselineConfig,
): Entry[] {
  const { alias } = accountSettings;
  const what = 'Account alias';
  if (!('value' in accountAlias)) return alias === undefined ? [] : [notRead(what, accountAlias)];
  const now = accountAlias.value;
  if (alias === undefined) {
    return now === undefined ? [] : [{ what, action: 'skip', why: `It is ${now}, and is not changed.` }];
  }
  if (now === alias) return [{ what, action: 'adopt', why: `It is ${alias}, as configured.` }];
  if (isSetBy(suite, alias)) {
    return [
      {
        what,
        action: 'gone',
        why: `${now === undefined ? 'The account has none' : `It is ${now}`}, although the stack has set ${alias}: somebody changed it, or another account had it. A deployment sets it again only when accountSettings.alias changes.`,
        remedy: {
          text: 'Find out who changed it, and set it again.',
          command: shell`aws iam create-account-alias --account-alias ${alias}`,
        },
      },
    ];
  }
  const taken = `If another account has ${alias}, which no API tells, the alias is not changed, and an output says so.`;
  if (now === undefined) return [{ what, action: 'create', why: `The account has none. ${taken}` }];
  return [
    {
      what,
      action: 'create',
      why: `It is ${now}, and the deployment replaces it with ${alias}: the address of the sign-in page changes, and another account can take ${now}. Removing the stack restores it. ${taken}`,
      remedy: { text: `To keep it, set accountSettings: { alias: '${now}' }.` },
      choices: [
        { id: 'keep', text: `Keep ${now}`, options: [{ path: ['accountSettings', 'alias'], value: now }] },
        { id: 'replace', text: `Replace it with ${alias}` },
      ],
    },
  ];
}

const Template = z.object({
  Resources: z.record(
    z.string(),
    z.object({ Type: z.string(), Properties: z.object({ Value: z.unknown().optional() }).default({}) }),
  ),
});

/** Whether a deployed stack has this alias, so that a deployment does not set it again. */
function isSetBy(suite: Surroundings['suite'], alias: string): boolean {
  if (!('value' in suite)) return false;
  const settings = suite.value.filter(({ kind }) => kind === 'Settings');
  return settings
    .flatMap(({ template }) => Object.values(Template.parse(template).Resources))
    .some(
      ({ Type, Properties }) => Type === 'Custom::AccountAlias' && Properties.Value === JSON.stringify(alias),
    );
}

/** Plans the Regions of the settings: the stack fails in a Region that does not exist or is closed. */
export function planRegions(
  { regions, openRegions, region }: Surroundings,
  { accountSettings }: BaselineConfig,
): Entry[] {
  const known = 'value' in regions ? regions.value : [];
  const missing = (accountSettings.regions ?? []).flatMap((name): Entry[] => {
    const found = known.find((one) => one.name === name);
    if (known.length === 0 || found?.enabled === true) return [];
    return [
      {
        what: `Region ${name}`,
        action: 'stop',
        why: `accountSettings.regions contains it, but ${found ? 'it is not enabled in this account' : 'this account has no such Region'}.`,
        remedy: {
          text: `Remove it from accountSettings.regions${found ? ', or enable it' : ', or correct its name'}.`,
        },
      },
    ];
  });
  const asked = Object.entries(openRegions);
  const closed = asked.flatMap(([name, part]) => ('value' in part && !part.value ? [name] : []));
  const open = asked.flatMap(([name, part]) => ('value' in part && part.value ? [name] : []));
  const unread = asked.flatMap(([name, part]) => ('value' in part ? [] : [{ name, part }]));
  const [first] = unread;
  return [
    ...missing,
    ...(closed.length === 0
      ? []
      : [
          {
            what: 'Closed Regions',
            action: 'stop' as const,
            why: `A policy of the organization denies calls in ${closed.join(', ')}. The settings apply to every enabled Region, so the deployment would fail there.`,
            remedy: closed.includes(region)
              ? { text: 'The home Region is among them. Choose another one with `region`.' }
              : {
                  text: `Set accountSettings: { regions: [${open.map((name) => `'${name}'`).join(', ')}] }.`,
                  command: 'npx aws-account-baseline preflight --write',
                },
            ...(!closed.includes(region) && {
              adoption: { path: ['accountSettings', 'regions'], value: open },
              choices: [
                {
                  id: 'limit',
                  text: `Apply the settings to ${open.join(', ')} only`,
                  options: [{ path: ['accountSettings', 'regions'], value: open }],
                },
                { id: 'wait', text: 'Have the Regions opened first, and run this again', isOpen: true },
              ],
            }),
          },
        ]),
    ...(first === undefined
      ? []
      : [notRead(`Region ${unread.map(({ name }) => name).join(', ')}`, first.part)]),
  ];
}
