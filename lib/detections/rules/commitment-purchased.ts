import { STOP_THE_CALLER } from '../containment';
import type { DocumentedDetection } from '../detection';
import { allOf, anyOf, eventNameLike, sourceIs, SUCCEEDED } from '../patterns';
import { ACTIVITY } from '../signals';

export const commitmentPurchased: DocumentedDetection = {
  id: 'CommitmentPurchased',
  signal: ACTIVITY,
  controls: [],
  pattern: `{${allOf(
    SUCCEEDED,
    anyOf(
      // Reserved instances and nodes of every service, dedicated hosts, capacity blocks.
      eventNameLike('Purchase*', 'CreateSavingsPlan'),
      // Shield Advanced: 3,000 USD a month for a year.
      allOf(sourceIs('shield'), eventNameLike('CreateSubscription')),
    ),
  )}}`,
  why: 'Somebody committed the account to a payment for one to three years, or paid in advance: reserved instances or nodes, capacity, a Savings Plan, or Shield Advanced. The cause can be a thief who wants to compute at your expense, or a mistake. You cannot cancel a commitment without AWS Support.',
  noise: 'Planned purchases, a few times a year.',
  firstMinutes: [
    'Ask the caller whether the purchase was approved.',
    'Check the amount: Billing console, Savings Plans, or EC2 console, Reserved Instances.',
  ],
  containment: [
    STOP_THE_CALLER,
    'Return a Savings Plan within seven days of the purchase, in the same month: Billing console, Savings Plans. For everything else, open a case with AWS Support.',
  ],
};
