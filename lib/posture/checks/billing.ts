import { partOf } from '../baseline-parts';
import { check, consoleLink, day, fail, given, manual, pass, REDEPLOY } from './check';

export const BILLING_CHECKS = [
  check(
    {
      check: 'budget',
      title: 'A budget sends notifications',
      problem: 'The budget is missing',
      area: 'billing',
      severity: 'medium',
      controls: ['SSB ACCT.10'],
    },
    ({ budgets, suite }, { billing }) =>
      billing.monthlyBudgetUsd === false
        ? []
        : given({ budgets, id: partOf(suite, 'budget') }, ({ budgets: names, id }) =>
            // Ref returns the name, prefixed with the account ID if CloudFormation has more than one.
            names.some((name) => id === name || id.endsWith(`|${name}`))
              ? pass(`The budget is in place.`, { resource: id })
              : fail('The budget was deleted.', REDEPLOY, { resource: id }),
          ),
  ),
  check(
    {
      check: 'anomaly-detection',
      title: 'Cost anomalies trigger notifications',
      problem: 'Cost anomalies do not trigger notifications',
      area: 'billing',
      severity: 'low',
      controls: ['SSB ACCT.16'],
    },
    ({ suite }, { billing }) =>
      billing.costAnomalyDetection
        ? given({ id: partOf(suite, 'anomaly-subscription') }, ({ id }) =>
            pass('The stack has a subscription to cost anomalies.', { resource: id }),
          )
        : [],
  ),
  check(
    {
      check: 'billing-access',
      title: 'Administrators can see the bills',
      problem: 'IAM access to the Billing pages is not confirmed',
      area: 'billing',
      severity: 'medium',
      controls: [],
    },
    (snapshot) => {
      const confirmed = snapshot.confirmed['billing-access'];
      if (confirmed !== undefined)
        return pass(`Confirmed manually on ${confirmed}. No API shows this setting.`);
      return given({ set: snapshot.billingAccessSet }, ({ set }) =>
        set
          ? pass(`Root changed IAM access to Billing on ${day(set)}. CloudTrail does not show the new value.`)
          : manual(
              'No API shows whether IAM access to Billing is activated, and CloudTrail has no change in the last 90 days.',
              {
                text: 'Activate it once, as root. When an administrator can see the Billing pages, confirm it with this command.',
                command: 'npx aws-account-baseline confirm billing-access',
                link: consoleLink(snapshot, 'billing/home#/account'),
              },
            ),
      );
    },
  ),
];
