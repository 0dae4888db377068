import { instances } from './instances';
import { leave } from './leave';
import { outsiders } from './outsiders';
import type { OrganizationPolicy } from './policy';
import { protect } from './protect';
import { regions } from './regions';
import { root } from './root';
import { users } from './users';

/** The policies, in the order of their creation. */
export const POLICIES: readonly OrganizationPolicy[] = [
  protect,
  root,
  leave,
  regions,
  users,
  instances,
  outsiders,
];
