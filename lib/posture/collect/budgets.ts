import {
  BudgetsClient,
  DescribeBudgetCommand,
  type Notification,
  paginateDescribeNotificationsForBudget,
  paginateDescribeSubscribersForNotification,
} from '@aws-sdk/client-budgets';
import { z } from 'zod';
import { all, ifThere, noAnswer } from '../read';
import type { Properties } from '../snapshot';
import { type ComparedType, only } from './compared-type';

/** AWS returns 50 as `50.0`. */
const Decimal = z.coerce.number().transform(String);

const Amount = z.object({ Amount: Decimal, Unit: z.unknown() });

/** The templates of day zero take the amount from a parameter. */
const AmountOfTemplate = z.object({
  Amount: z.union([Decimal, z.record(z.string(), z.unknown())]),
  Unit: z.unknown(),
});

const Template = z.object({
  Budget: z.object({ BudgetType: z.unknown(), TimeUnit: z.unknown(), BudgetLimit: AmountOfTemplate }),
  NotificationsWithSubscribers: z
    .array(z.object({ Notification: z.record(z.string(), z.unknown()), Subscribers: z.array(z.unknown()) }))
    .default([]),
});

/**
 * The costs that a budget counts, unless it says otherwise.
 * @see https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_CostTypes.html
 */
export const COST_TYPES: Readonly<Record<string, boolean>> = {
  IncludeCredit: true,
  IncludeDiscount: true,
  IncludeOtherSubscription: true,
  IncludeRecurring: true,
  IncludeRefund: true,
  IncludeSubscription: true,
  IncludeSupport: true,
  IncludeTax: true,
  IncludeUpfront: true,
  UseAmortized: false,
  UseBlended: false,
};

/** A budget with its notifications, by CloudFormation type. */
export const BUDGET_TYPES: Readonly<Record<string, ComparedType>> = {
  'AWS::Budgets::Budget': {
    wanted: (properties) => {
      const { Budget, NotificationsWithSubscribers } = Template.parse(properties);
      return {
        ...Budget,
        Notifications: NotificationsWithSubscribers.map((one) => ({
          ...identityOf(one.Notification),
          Subscribers: one.Subscribers,
        })),
      };
    },
    absent: ['NotFoundException'],
    read: async ({ clients, account: AccountId, at }, id) => {
      const client = clients.get(BudgetsClient);
      // Prefixed with the account ID if CloudFormation has more than one.
      const BudgetName = id.replace(/^\d{12}\|/, '');
      const { Budget: budget = noAnswer('the budget') } = await client.send(
        new DescribeBudgetCommand({ AccountId, BudgetName }),
      );
      const found = await ifThere(['NotFoundException'], () =>
        all(
          paginateDescribeNotificationsForBudget({ client }, { AccountId, BudgetName }),
          (page) => page.Notifications,
        ),
      );
      const Notifications = (found ?? []).map(async (one) => {
        const subscribers = await ifThere(['NotFoundException'], () =>
          all(
            paginateDescribeSubscribersForNotification(
              { client },
              { AccountId, BudgetName, Notification: one },
            ),
            (page) => page.Subscribers,
          ),
        );
        const Subscribers = (subscribers ?? []).map((subscriber) =>
          only(subscriber, ['SubscriptionType', 'Address']),
        );
        return { ...identityOf(one), Subscribers };
      });
      const { BudgetType, TimeUnit, BudgetLimit } = budget;
      return {
        BudgetType,
        TimeUnit,
        BudgetLimit: Amount.parse(BudgetLimit),
        ...restrictionsOf(budget, at),
        Notifications: await Promise.all(Notifications),
      };
    },
  },
};

/** What distinguishes a notification from others. AWS leaves out the type of a threshold in percent. */
function identityOf(notification: Properties | Notification): Properties {
  return {
    ThresholdType: 'PERCENTAGE',
    ...only(notification, ['NotificationType', 'ComparisonOperator', 'Threshold', 'ThresholdType']),
  };
}

/** What the SDK calls deprecated is what CloudFormation sets. */
const Restrictions = z.object({
  AutoAdjustData: z.unknown().optional(),
  BillingViewArn: z.string().optional(),
  CostFilters: z.record(z.string(), z.unknown()).default({}),
  CostTypes: z.record(z.string(), z.boolean()).optional(),
  PlannedBudgetLimits: z.unknown().optional(),
  TimePeriod: z.object({ Start: z.coerce.date().optional(), End: z.coerce.date().optional() }).default({}),
});

/**
 * What makes a budget count less, or at other times. The templates set none of it, and CloudFormation does
 * not compare what a template does not set.
 */
function restrictionsOf(budget: object, now: Date): Properties {
  const { CostFilters, CostTypes, TimePeriod, BillingViewArn, ...others } = Restrictions.parse(budget);
  // A budget that an expression limits has no cost types.
  const counted = Object.entries(CostTypes ?? noAnswer('which costs the budget counts'));
  const unusual = counted.filter(([name, value]) => value !== COST_TYPES[name]);
  const { Start = noAnswer('when the budget begins'), End = noAnswer('when the budget ends') } = TimePeriod;
  return {
    ...others,
    BillingViewArn: BillingViewArn?.endsWith(':billingview/primary') === false ? BillingViewArn : undefined,
    CostFilters: Object.keys(CostFilters).length > 0 ? CostFilters : undefined,
    CostTypes: unusual.length > 0 ? Object.fromEntries(unusual) : undefined,
    TimePeriod: Start > now || End < now ? { Start, End } : undefined,
  };
}
