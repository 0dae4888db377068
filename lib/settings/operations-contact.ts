import { contact, CONTACT_ACTIONS } from './contact';
import type { Permission } from './setting';

const operationsContact = contact('OperationsContact', 'OPERATIONS');

export const permissions = [
  { sid: 'OperationsContact', actions: CONTACT_ACTIONS },
] as const satisfies readonly Permission[];
export { operationsContact as setting };
export const file = __filename;
