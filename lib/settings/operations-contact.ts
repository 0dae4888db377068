import { contact, CONTACT_ACTIONS } from './contact';
import type { Permission } from './setting';

const operationsContact = contact('OperationsContact', 'OPERATIONS');

export const permissions: readonly Permission[] = [{ sid: 'OperationsContact', actions: CONTACT_ACTIONS }];
export { operationsContact as setting };
export const file = __filename;
