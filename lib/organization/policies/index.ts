import { leave } from './leave';
import type { OrganizationPolicy } from './policy';

/** The policies, in the order of their creation. */
export const POLICIES: readonly OrganizationPolicy[] = [leave];
