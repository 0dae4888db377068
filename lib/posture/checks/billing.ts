import { physicalId } from '../baseline-parts';
import { check, consoleLink, day, fail, given, manual, pass, REDEPLOY } from './check';

export const BILLING_CHECKS = [
  check(
    {
      check: 'budget',
      title: 'Somebody hears when the month gets expensive',
      area: 'billing',
      severity: 'medium',
      controls: ['SSB ACCT.10'],
    },
    ({ budgets, stack }, { billing }) =>
      billing.monthlyBudgetUsd === false
        ? []
        : given({ budgets, id: physicalId(stack, 'BillingAccessBudget') }, ({ budgets: names, id }) =>
            // Ref gives the name, behind the account where CloudFormation knows more than one.
            names.some((name) => id === name || id.endsWith(`|${name}`))
              ? pass(`The budget is in place.`, { resource: id })
              : fail('The budget is gone.', REDEPLOY, { resource: id }),
          ),
  ),
  check(
    {
      check: 'anomaly-detection',
      title: 'Somebody hears of costs out of the ordinary',
      area: 'billing',
      severity: 'low',
      controls: ['SSB ACCT.16'],
    },
    ({ stack }, { billing }) =>
      billing.costAnomalyDetection
        ? given({ id: physicalId(stack, 'BillingAccessAnomalySubscription') }, ({ id }) =>
            pass('The stack has a subscription to cost anomalies.', { resource: id }),
          )
        : [],
  ),
  check(
    {
      check: 'billing-access',
      title: 'Administrators can open the Billing pages',
      area: 'billing',
      severity: 'medium',
      controls: [],
    },
    (snapshot) => {
      const confirmed = snapshot.confirmed['billing-access'];
      if (confirmed !== undefined) return pass(`Confirmed by a person on ${confirmed}; no API shows it.`);
      return given({ set: snapshot.billingAccessSet }, ({ set }) =>
        set
          ? pass(
              `Root set IAM access to Billing on ${day(set)}, as CloudTrail tells; it does not tell to what.`,
            )
          : manual(
              'No API shows whether IAM access to Billing is activated, and CloudTrail knows of no change in 90 days.',
              {
                text: 'As root, once: activate it. When an administrator sees the Billing pages, say so with the command, and you are not asked again.',
                command: 'npx aws-account-baseline confirm billing-access',
                link: consoleLink(snapshot, 'billing/home#/account'),
              },
            ),
      );
    },
  ),
];
