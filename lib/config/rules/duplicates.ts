import { describe } from '../errors';
import type { Related } from './related';

/** IAM names are not case-sensitive, and neither are e-mail addresses in practice. */
export function sameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** Values that are listed twice. */
export function duplicates(options: Related): string[] {
  const { access, administrators, notifications, billing, accountSettings, dayZero, organization, tags } =
    options;
  return [
    ...duplicatesIn('administrators', administrators),
    ...duplicatesIn('notifications.emails', notifications.emails),
    ...duplicatesIn('notifications.httpsEndpoints', notifications.httpsEndpoints, Object.is),
    ...duplicatesIn('billing.viewers', billing.viewers),
    ...duplicatesIn('access.breakGlass', access.breakGlass),
    ...duplicatesIn(
      'access.people',
      access.people.map(({ name }) => name),
    ),
    ...duplicatesIn('accountSettings.regions', accountSettings.regions),
    ...duplicatesIn('organization.ous', organization?.ous ?? []),
    ...duplicatesIn('organization.exceptAccounts', organization?.exceptAccounts ?? []),
    ...duplicatesIn('organization.trustedAccounts', organization?.trustedAccounts ?? []),
    ...duplicatesIn('organization.regions', organization?.regions ?? []),
    ...duplicatesIn('organization.detectors.regions', organization?.detectors.regions ?? []),
    ...duplicatesIn('organization.detectors.guardDutyPlans', organization?.detectors.guardDutyPlans ?? []),
    ...duplicatesIn('dayZero.administrators', dayZero?.administrators ?? []),
    ...duplicatesIn('dayZero.emails', dayZero?.emails ?? []),
    ...duplicateTags(Object.keys(tags)),
  ];
}

function duplicatesIn(path: string, values: readonly string[], isSame = sameName): string[] {
  return values.flatMap((value, index) =>
    value !== '' && values.findIndex((other) => isSame(value, other)) < index
      ? [describe(`${path}[${index}]`, 'is a duplicate', value)]
      : [],
  );
}

/** IAM's tag keys ignore case. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html */
function duplicateTags(keys: readonly string[]): string[] {
  return keys.flatMap((key, index) => {
    const first = keys.find((other) => sameName(key, other));
    return first !== undefined && keys.indexOf(first) < index
      ? [describe('tags', `must not have keys that differ only in case, which IAM ignores`, [first, key])]
      : [];
  });
}
