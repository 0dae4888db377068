import { daily, type Habit } from '../habit';
import { call, denied, employee, service, signIn } from '../record';

const DAN = employee('ViewOnly', 'dan@example.com', '192.0.2.44');

/** Finance: bills on three days, and pages of the console that are denied. */
export const dan: Habit = {
  title: 'Dan, finance',
  records: () =>
    daily(['Mon', 'Wed', 'Fri'], '13:15', 6, () => [
      call(service('sso'), 'sts', 'AssumeRoleWithSAML', { durationSeconds: 3600 }),
      signIn(DAN, {}),
      call(DAN, 'ce', 'GetCostAndUsage'),
      call(DAN, 'ce', 'GetCostForecast'),
      call(DAN, 'budgets', 'DescribeBudgets'),
      call(DAN, 'freetier', 'GetFreeTierUsage'),
      call(DAN, 'billing', 'ListBillingViews'),
      call(DAN, 'invoicing', 'ListInvoiceSummaries'),
      denied(DAN, 'cur', 'DescribeReportDefinitions'),
      denied(DAN, 'payments', 'ListPaymentInstruments'),
      denied(DAN, 'tax', 'GetTaxRegistration'),
      denied(DAN, 'ec2', 'DescribeReservedInstancesOfferings'),
      denied(DAN, 'compute-optimizer', 'GetEnrollmentStatus'),
    ]),
};
