import { contact, CONTACT_ACTIONS } from './contact';
import type { Permission } from './setting';

const securityContact = contact('SecurityContact', 'SECURITY');

export const permissions: readonly Permission[] = [{ sid: 'SecurityContact', actions: CONTACT_ACTIONS }];
export { securityContact as setting };
export const file = __filename;
