import { BILLING_VIEWERS } from '../../billing/billing-viewers';
import { describe } from '../errors';
import { sameName } from './duplicates';
import type { Related } from './related';

/** Administrators can already view the bills, and a user can be created only once. */
export function administratorsAsViewers({ administrators, billing }: Related): string[] {
  return billing.viewers.flatMap((name, index) =>
    administrators.some((administrator) => sameName(administrator, name))
      ? [describe(`billing.viewers[${index}]`, 'is already an administrator', name)]
      : [],
  );
}

/** The group of the billing viewers has a fixed name. */
export function takenGroupName({ access, billing }: Related): string[] {
  return access && billing.viewers.length > 0 && sameName(access.groupName, BILLING_VIEWERS)
    ? [describe('access.groupName', 'is the name of the group of billing viewers', access.groupName)]
    : [];
}
