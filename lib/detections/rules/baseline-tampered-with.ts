import { STOP_THE_CALLER } from '../containment';
import type { DocumentedDetection } from '../detection';
import { allOf, anyOf, DIRECTLY, SUCCEEDED, WRITES } from '../patterns';
import { SAFEGUARDS } from '../signals';

export const baselineTamperedWith: DocumentedDetection = {
  id: 'BaselineTamperedWith',
  signal: SAFEGUARDS,
  controls: [],
  // CloudFormation names resources PREFIX-STACK-LOGICALID-SUFFIX, so the prefix covers every stack of the
  // suite, including stacks that are added later.
  pattern: `{${allOf(
    DIRECTLY,
    WRITES,
    SUCCEEDED,
    '$.eventName!="Create*"',
    '$.eventName!="Confirm*"',
    anyOf(
      allOf(
        // Calls of a deployment to CloudFormation also name the stack. The last condition counts the harmful
        // ones.
        '$.eventSource!="cloudformation.amazonaws.com"',
        anyOf('$.requestParameters.*="*${Prefix}-*"', '$.requestParameters.alarmNames[*]="${Prefix}-*"'),
      ),
      '$.eventName="PutEventSelectors"',
      '$.eventName="PutAlarmMuteRule"',
      // `logGroupName` or `logGroupIdentifier`, which is a name or an ARN.
      '$.requestParameters.*="*${LogGroup}*"',
      allOf(
        anyOf(
          '$.requestParameters.stackName="${Prefix}-*"',
          '$.requestParameters.stackName="*:stack/${Prefix}-*"',
        ),
        anyOf(
          '$.eventName="DeleteStack"',
          '$.eventName="SetStackPolicy"',
          '$.requestParameters.enableTerminationProtection IS FALSE',
        ),
      ),
    ),
  )}}`,
  why: 'Somebody changed or deleted a resource of the baseline manually, and may be disabling its alarms. The detection covers every resource that CloudFormation named after one of the stacks: an alarm deleted, silenced or overwritten, a subscription added or removed, a function or its role changed. It also covers filters, retention and streams of the log group, events excluded from the trail, and a stack deleted, its policy set or its termination protection disabled. ChangedByHand watches the buckets of the baseline, whose names are in lower case. Somebody can delete the function, the topic or the key before the event arrives, so a missing alarm does not prove that nothing happened.',
  noise:
    'Rare. A test with SetAlarmState counts, and so does an address that you add in the SNS console. SensitiveCallDenied reports denied attempts, and BaselineDeployed reports updates of the stacks. Deployments of the baseline do not count, because they act through CloudFormation; the same change made manually does. The event takes several minutes to arrive: deleting the alarms’ stack can remove this alarm before it triggers. A click on “unsubscribe” in an e-mail is not an API call in your account and does not count.',
  firstMinutes: [
    'Ask the caller named in the message.',
    'Check in the CloudWatch console that the alarms have their actions, and in the SNS console that the subscriptions are confirmed.',
  ],
  containment: [
    STOP_THE_CALLER,
    'Redeploy the baseline with a change to the missing resource: CloudFormation does not deploy an unchanged template.',
  ],
};
