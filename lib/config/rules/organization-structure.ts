import { describe } from '../errors';
import { formatPath } from '../format';
import { sameName } from './duplicates';
import type { Related } from './related';

const isId = (unit: string): boolean => unit.startsWith('ou-');

/** OUs and accounts that do not fit together. */
export function organizationStructure({ organization }: Related): string[] {
  if (!organization) return [];
  const { rootId, units, accounts } = organization;
  const prefix = `${rootId.replace(/^r-/, 'ou-')}-`;
  const at = (...path: string[]) => formatPath(['organization', ...path]);
  const elsewhere = (path: string, unit: string): string[] =>
    isId(unit) && !unit.startsWith(prefix)
      ? [describe(path, `must be an OU of the root ${rootId}`, unit)]
      : [];
  const ids = Object.values(units).filter(isId);
  const emails = Object.values(accounts).flatMap(({ email = [] }) => email);
  const numbers = Object.values(accounts).flatMap(({ id = [] }) => id);
  return [
    ...Object.entries(units).flatMap(([path, unit]) => {
      const parent = path.split('/').slice(0, -1).join('/');
      return [
        ...(parent === '' || Object.hasOwn(units, parent)
          ? []
          : [describe(at('units', path), `needs the OU above it, ${parent}, in organization.units`, unit)]),
        ...elsewhere(at('units', path), unit),
        ...(isId(unit) && ids.indexOf(unit) !== ids.lastIndexOf(unit)
          ? [describe(at('units', path), 'is the ID of another OU, too', unit)]
          : []),
      ];
    }),
    ...Object.entries(accounts).flatMap(([name, { email, id, unit }]) => [
      ...(unit === undefined || isId(unit) || Object.hasOwn(units, unit)
        ? elsewhere(at('accounts', name, 'unit'), unit ?? '')
        : [describe(at('accounts', name, 'unit'), 'must be a path in organization.units', unit)]),
      ...(email !== undefined && emails.filter((other) => sameName(other, email)).length > 1
        ? [describe(at('accounts', name, 'email'), 'is the address of another account, too', email)]
        : []),
      ...(id !== undefined && numbers.indexOf(id) !== numbers.lastIndexOf(id)
        ? [describe(at('accounts', name, 'id'), 'is the ID of another account, too', id)]
        : []),
    ]),
  ];
}
