import type { Habit } from '../habit';
import { byCloudFormation, cdkDeployment } from './cloudformation';

/** Prefix of the baseline's stacks. */
const PREFIX = 'AccountBaseline';

/** Somebody adds a recipient, and the pipeline deploys this baseline. */
export const baselineDeployment: Habit = {
  title: 'Deployment of this baseline',
  records: () =>
    cdkDeployment('Wed', '14:00', `${PREFIX}-Alarms`, [
      byCloudFormation('sns', 'Subscribe', {
        topicArn: `arn:aws:sns:us-east-1:123456789012:${PREFIX}-Alarms-NotificationsTopic-AbCdEf`,
        protocol: 'email',
        endpoint: 'HIDDEN_DUE_TO_SECURITY_REASONS',
      }),
    ]),
};
