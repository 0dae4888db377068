/** Name of the group of billing viewers. It is a physical name because people select it in the console. */
export const BILLING_VIEWERS = 'BillingViewers';
