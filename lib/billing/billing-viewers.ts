/** Name of the group of people who may read bills. A physical name, because people pick it in the console. */
export const BILLING_VIEWERS = 'BillingViewers';
