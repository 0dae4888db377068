import { calls, example, type Examples } from '../events/example';
import { ADMIN, INTRUDER } from '../events/fixtures';
import { call, denied } from '../events/record';

export const examples: Examples = {
  matches: [
    ...calls('ec2', INTRUDER, {
      PurchaseReservedInstancesOffering: { instanceCount: 10 },
      PurchaseHostReservation: {},
      PurchaseCapacityBlock: {},
    }),
    ...calls('rds', INTRUDER, { PurchaseReservedDBInstancesOffering: { dBInstanceCount: 10 } }),
    ...calls('savingsplans', INTRUDER, { CreateSavingsPlan: { commitment: '10' } }),
    ...calls('shield', INTRUDER, { CreateSubscription: {} }),
  ],
  nearMisses: [
    example('an intruder may not', denied('ec2', 'PurchaseReservedInstancesOffering', INTRUDER)),
    ...calls('ec2', ADMIN, { DescribeReservedInstancesOfferings: {} }),
    ...calls('savingsplans', ADMIN, { DescribeSavingsPlansOfferings: {}, DeleteQueuedSavingsPlan: {} }),
    ...calls('shield', ADMIN, { DescribeSubscription: {}, CreateProtection: {} }),
    example('a subscription of another service', call('datazone', 'CreateSubscription', ADMIN)),
  ],
};
