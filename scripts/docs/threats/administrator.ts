import { ACCIDENTS } from '../access-rows/administrator';
import { ADMIN } from '../silencing/record';
import { byStack, type Calls } from './calls';
import { denial } from './tests';
import { type Position, prevented, silent } from './threat';

const LAST_MILE = 'both ways end with it; the weekly summary stays away';

/** A session of an administrator with MFA: stolen, careless, or hostile. */
export function administrator(calls: Calls): Position {
  const stranger = 'arn:aws:iam::210987654321:root';
  return {
    title: 'A session of an administrator with MFA',
    means: 'May do everything that the guard and the policies of resources do not deny.',
    threats: [
      ...ACCIDENTS.filter(({ only }) => only !== 'strict').map(({ task }) =>
        prevented(
          `${task}, manually or through another service`,
          'the guard, except through CloudFormation',
          denial('by hand, an administrator may', task),
          denial('through another service, an administrator may', task),
        ),
      ),
      calls.seenInTable('Replace the stack of the alarms', 'cloudformation `UpdateStack`: Alarms'),
      calls.seenInTable(
        'Execute a change set of the stack of the trail',
        'cloudformation `ExecuteChangeSet`: Audit',
      ),
      calls.seenInTable('Delete the stack of the second way', 'cloudformation `DeleteStack`: Watchdog'),
      calls.silentInTable(
        'Delete the stack of the alarms',
        'cloudformation `DeleteStack`: Alarms',
        LAST_MILE,
      ),
      calls.seenInTable(
        'Disable termination protection',
        'cloudformation `UpdateTerminationProtection`: off',
      ),
      calls.seenInTable('Move resources to another stack', 'cloudformation `ExecuteStackRefactor`'),
      calls.seenInTable(
        'Replace the policy of the topic of alarms by a stack of any name',
        'sns `SetTopicAttributes`: the same, by a stack of any name',
      ),
      calls.seenInTable(
        'Subscribe a stranger by a stack of any name',
        'sns `Subscribe`: a stranger, by a stack of any name',
      ),
      calls.seenInTable(
        'Deny the function its permissions by a stack of any name',
        'iam `PutRolePolicy`: Deny, by a stack of any name',
      ),
      calls.seenInTable(
        'Mute the alarms by a stack of any name',
        'monitoring `PutAlarmMuteRule`: by a stack of any name',
      ),
      calls.seenInTable(
        'Transform the events of the log group by a stack of any name',
        'logs `PutTransformer`: by a stack of any name',
      ),
      calls.seenInTable(
        'Replace the code of the function by Cloud Control',
        'cloudcontrolapi `UpdateResource`: other code',
      ),
      calls.seenInTable(
        'Transform the events of all log groups, which the guard cannot deny',
        'logs `PutAccountPolicy`: a transformer for all log groups',
      ),
      calls.seenInTable(
        'Set the state of an alarm to ALARM, so that nothing triggers it',
        'monitoring `SetAlarmState`: ALARM, so that nothing new triggers it',
      ),
      calls.seenInTable(
        'Suppress an alarm by a composite one',
        'monitoring `PutCompositeAlarm`: with the alarm as a child',
      ),
      calls.seenInTable('Delete the alarm of missing events', 'monitoring `DeleteAlarms`: the heartbeat'),
      calls.seenInTable('Grant the key to somebody', 'kms `CreateGrant`'),
      calls.seenInTable('Delete the budget', 'budgets `DeleteBudget`'),
      calls.silentInTable(
        'Encrypt the event bus with a key that EventBridge may not use',
        'events `UpdateEventBus`: a key that EventBridge may not use',
        'the rule that would report it needs the bus, and no filter counts the call',
      ),
      calls.silentInTable(
        'Delete the topic of the recipients, after the guard was removed',
        'sns `DeleteTopic`: of people',
        LAST_MILE,
      ),
      calls.silentInTable(
        'Unsubscribe the only recipient, after the guard was removed',
        'sns `Unsubscribe`: the only recipient',
        LAST_MILE,
      ),
      calls.silentInTable(
        'Let a filter policy of the only recipient drop everything',
        'sns `SetSubscriptionAttributes`: filter policy of the only recipient',
        LAST_MILE,
      ),
      calls.silentInTable('Disable the key, after the guard was removed', 'kms `DisableKey`', LAST_MILE),
      calls.silentInTable(
        'Schedule the deletion of the key, after the guard was removed',
        'kms `ScheduleKeyDeletion`',
        `${LAST_MILE}; AWS waits 7 days at least`,
      ),
      calls.seenInTable('Create a user to come back', 'iam `CreateUser`'),
      calls.seenInTable('Give a user a password', 'iam `CreateLoginProfile`'),
      calls.seenInTable('Create an access key', 'iam `CreateAccessKey`'),
      calls.seenInTable('Attach a policy to a user', 'iam `AttachUserPolicy`'),
      calls.seenInTable('Create a role that trusts another account', 'iam `CreateRole`'),
      calls.silent(
        'Create a role by a stack, which trusts this account and another one',
        {
          service: 'iam',
          name: 'CreateRole',
          by: byStack(ADMIN),
          parameters: {
            assumeRolePolicyDocument: `{"Statement":[{"Principal":{"AWS":["arn:aws:iam::123456789012:root","${stranger}"]}}]}`,
          },
        },
        'a pattern cannot tell two accounts apart, and CDK’s bootstrap names its own twice; IAM Access Analyzer finds it',
      ),
      calls.seenInTable('Create a SAML provider', 'iam `CreateSAMLProvider`'),
      calls.seenInTable('Create an OpenID Connect provider', 'iam `CreateOpenIDConnectProvider`'),
      calls.seenInTable('Create an instance of IAM Identity Center', 'sso `CreateInstance`'),
      calls.seenInTable('Set up another MFA device', 'iam `EnableMFADevice`'),
      calls.seenInTable('Enable a Region that nobody watches', 'account `EnableRegion`'),
      calls.seenInTable('Change the address of root', 'account `StartPrimaryEmailUpdate`'),
      calls.seenInTable('Change the contacts of the account', 'account `PutContactInformation`'),
      calls.seen('Take the account out of its organization', {
        service: 'organizations',
        name: 'LeaveOrganization',
        by: ADMIN,
      }),
      calls.seen('Start a large instance for mining', {
        service: 'ec2',
        name: 'RunInstances',
        by: ADMIN,
        parameters: { instanceType: 'p5.48xlarge' },
      }),
      calls.silent(
        'Start many small instances',
        {
          service: 'ec2',
          name: 'RunInstances',
          by: ADMIN,
          parameters: { instanceType: 't3.micro', instancesSet: { items: [{ minCount: 50, maxCount: 50 }] } },
        },
        'it is ordinary work; the budget reports the costs, hours late, and stops nothing',
      ),
      silent(
        'Delete log files version by version, after the guard was removed',
        'CloudTrail logs calls on objects only with data events (`strict`); the digests of CloudTrail show the loss',
        denial('by hand, an administrator may', 'Overwrite or delete a file of AuditTrailBucket'),
      ),
    ],
  };
}
