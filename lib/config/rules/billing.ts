import { describe } from '../errors';
import type { Related } from './related';

/** CloudFormation has the AWS::CE types in one Region only. */
export function anomalyDetectionElsewhere({ billing, region }: Related): string[] {
  if (!billing.costAnomalyDetection || region === 'us-east-1') return [];
  const message =
    "needs region: 'us-east-1', the only Region where CloudFormation has the AWS::CE types; set it to false elsewhere";
  return [describe('billing.costAnomalyDetection', message, true)];
}
