import { z } from 'zod';
import { partOf } from '../baseline-parts';
import { COST_TYPES } from '../collect/budgets';
import { differences, differing, referencesOf } from '../differences';
import { textOf, type ValueOf } from '../template-values';
import type { Remedy } from '../finding';
import { isAsDeployed } from '../policy-documents';
import { shell } from '../shell';
import type { DeployedResource, Properties, Snapshot } from '../snapshot';
import {
  check,
  consoleLink,
  day,
  fail,
  given,
  manual,
  type Observation,
  pass,
  REDEPLOY,
  unknown,
} from './check';

export const BILLING_CHECKS = [
  check(
    {
      check: 'budget',
      title: 'A budget sends notifications',
      problem: 'The budget is missing or was changed',
      area: 'billing',
      severity: 'medium',
      controls: ['SSB ACCT.10'],
    },
    (snapshot, { billing }) =>
      billing.monthlyBudgetUsd === false
        ? []
        : given(
            {
              resources: snapshot.resources,
              suite: snapshot.suite,
              id: partOf(snapshot.suite, 'budget'),
            },
            ({ resources, suite, id }) => {
              const budget = resources.find(({ resource }) => resource === id);
              if (!budget) return unknown('The budget was not read.');
              return given({ actual: budget.actual }, ({ actual }) =>
                judgeBudget(budget, actual, referencesOf(snapshot, suite, budget.kind), snapshot),
              );
            },
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
              'No API shows whether IAM access to Billing is activated, and CloudTrail recorded no change in the last 90 days.',
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

function judgeBudget(
  budget: DeployedResource,
  actual: Properties | undefined,
  of: ValueOf,
  snapshot: Snapshot,
): Observation | Observation[] {
  const { resource, wanted } = budget;
  if (!actual) return fail('The budget was deleted.', REDEPLOY, { resource });
  const changed = differences(wanted, actual, of);
  const others = changed.filter((name) => name !== 'Notifications');
  const faults = [
    ...(others.length > 0
      ? [
          fail(differing(others, 'the budget'), restoreBudget(budget, others, of, snapshot) ?? REDEPLOY, {
            resource,
          }),
        ]
      : []),
    ...(others.length < changed.length
      ? [
          fail(
            'The budget does not notify as deployed: thresholds or recipients differ from the template.',
            restoreNotifications(budget, actual, of, snapshot) ?? REDEPLOY,
            { resource },
          ),
        ]
      : []),
  ];
  return faults.length > 0 ? faults : pass('The budget is in place, and notifies as deployed.', { resource });
}

const RESTORE = 'Find out who changed it, then write the values of the template again.';

/** The name of a budget. CloudFormation puts the account ID before it if it has more than one. */
const nameOf = (id: string) => id.replace(/^\d{12}\|/, '');

/** The end of a budget that has none. */
const NO_END = '2087-06-15T00:00:00Z';

const Limit = z.object({ Amount: z.unknown(), Unit: z.string() });

/**
 * Writes the whole budget, with the defaults of what the template does not set; undefined if its amount is
 * not known.
 */
function restoreBudget(
  { resource, wanted: { BudgetType, TimeUnit, BudgetLimit } }: DeployedResource,
  changed: readonly string[],
  of: ValueOf,
  { caller: { account }, at }: Snapshot,
): Remedy | undefined {
  const { Amount: amount, Unit } = Limit.parse(BudgetLimit);
  const Amount = textOf(amount, of);
  if (Amount === undefined) return undefined;
  const budget = {
    BudgetName: nameOf(resource),
    BudgetType,
    TimeUnit,
    BudgetLimit: { Amount, Unit },
    CostFilters: {},
    CostTypes: COST_TYPES,
    ...(changed.includes('TimePeriod') && {
      TimePeriod: { Start: `${at.toISOString().slice(0, 7)}-01T00:00:00Z`, End: NO_END },
    }),
  };
  return {
    text: RESTORE,
    command: shell`aws budgets update-budget --account-id ${account} --new-budget ${JSON.stringify(budget)}`,
  };
}

const Notifications = z.array(
  z
    .object({ Subscribers: z.array(z.object({ SubscriptionType: z.string(), Address: z.unknown() })) })
    .catchall(z.unknown()),
);

/** Replaces the notifications that differ; undefined if a recipient is not known. */
function restoreNotifications(
  { resource, wanted }: DeployedResource,
  actual: Properties,
  of: ValueOf,
  { caller: { account } }: Snapshot,
): Remedy | undefined {
  const template = Notifications.parse(wanted['Notifications']);
  const { data: found } = Notifications.safeParse(actual['Notifications']);
  if (!found) return undefined;
  const missing = template.filter((one) => !found.some((other) => isAsDeployed(one, other, of)));
  const wrong = found.filter((one) => !template.some((other) => isAsDeployed(other, one, of)));
  const commandOf = (verb: string, one: Properties) =>
    shell`aws budgets ${verb} --account-id ${account} --budget-name ${nameOf(resource)} --notification ${JSON.stringify({ ...one, Subscribers: undefined })}`;
  const deletions = wrong.map((one) => commandOf('delete-notification', one));
  const creations = missing.map((one) => {
    const subscribers = one.Subscribers.map((each) => ({ ...each, Address: textOf(each.Address, of) }));
    return subscribers.some(({ Address }) => Address === undefined)
      ? undefined
      : `${commandOf('create-notification', one)} ${shell`--subscribers ${JSON.stringify(subscribers)}`}`;
  });
  if (creations.includes(undefined)) return undefined;
  return { text: RESTORE, command: [...deletions, ...creations].join(' && ') };
}
