import { contact, CONTACT_ACTIONS } from './contact';
import type { Permission } from './setting';

const billingContact = contact('BillingContact', 'BILLING');

export const permissions: readonly Permission[] = [{ sid: 'BillingContact', actions: CONTACT_ACTIONS }];
export { billingContact as setting };
export const file = __filename;
