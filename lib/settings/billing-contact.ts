import { contact, CONTACT_ACTIONS } from './contact';
import type { Permission } from './setting';

const billingContact = contact('BillingContact', 'BILLING');

export const permissions = [
  { sid: 'BillingContact', actions: CONTACT_ACTIONS },
] as const satisfies readonly Permission[];
export { billingContact as setting };
export const file = __filename;
