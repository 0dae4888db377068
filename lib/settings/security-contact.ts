import { contact, CONTACT_ACTIONS } from './contact';
import type { Permission } from './setting';

const securityContact = contact('SecurityContact', 'SECURITY');

export const permissions = [
  { sid: 'SecurityContact', actions: CONTACT_ACTIONS },
] as const satisfies readonly Permission[];
export { securityContact as setting };
export const file = __filename;
