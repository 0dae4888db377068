import { accept, check, type Row } from '../rows';

const BUDGET =
  'billing.monthlyBudgetUsd: must be an amount in USD above 0 and below 1000000000, or false for no budget';

accept([
  ['no budget', { billing: { monthlyBudgetUsd: false } }],
  ['a budget of one cent', { billing: { monthlyBudgetUsd: 0.01 } }],
  ['a budget just below the limit', { billing: { monthlyBudgetUsd: 999_999_999.99 } }],
  ['viewers', { billing: { viewers: ['carol', 'dave'] } }],
]);

check([
  ...[-1, 0, 1e9, true, '50', null].map((monthlyBudgetUsd): Row => [
    `a budget of ${JSON.stringify(monthlyBudgetUsd)}`,
    { billing: { monthlyBudgetUsd } },
    `${BUDGET}; received ${JSON.stringify(monthlyBudgetUsd)}`,
  ]),
  ...[NaN, Infinity, -Infinity].map((monthlyBudgetUsd): Row => [
    `a budget of ${monthlyBudgetUsd}`,
    { billing: { monthlyBudgetUsd } },
    `${BUDGET}; received ${monthlyBudgetUsd}`,
  ]),
]);
