import { z } from 'zod';
import { flag, list, section } from '../../fields/basics';
import { userName } from '../../fields/names';

const AMOUNT = 'must be an amount in USD above 0 and below 1000000000';

const isAmount = (value: unknown) => typeof value === 'number' && value > 0 && value < 1e9;

/** An amount of money, in USD. */
export const amountUsd = () => z.custom<number>(isAmount, { error: AMOUNT });

export const billing = section({
  /**
   * Monthly budget in USD, with notifications at 80 % and 100 % of actual spend and 100 % of forecast spend.
   * Set false for no budget.
   * @default 50
   */
  monthlyBudgetUsd: z
    .custom<number | false>((value) => value === false || isAmount(value), {
      error: `${AMOUNT}, or false for no budget`,
    })
    .default(50),
  /**
   * Detects unusual spend with AWS Cost Anomaly Detection. An account can have only one such monitor for AWS
   * services, and may already have a default one; check Cost Anomaly Detection in the console first. Requires
   * `region: 'us-east-1'`.
   * @default false
   */
  costAnomalyDetection: flag().default(false),
  /**
   * IAM user names of people who can read bills and costs, and nothing else.
   * @default []
   */
  viewers: list(userName(), 'IAM user names').default([]),
}).prefault({});
