import { DETECTIONS } from '../../lib/detections/rules';
import type { CloudTrailEvent } from '../../emulator/metric-filters';
import { ROLES } from '../../scripts/docs/access-rows/roles';
import { AlarmTiming, type DeployedFilter, peakOf } from '../../scripts/docs/noise/alarm-timing';
import { EXAMPLES } from './examples';
import { SETTINGS_FUNCTION } from './events/fixtures';
import { call, CLOUDFORMATION, denied, failedSignIn, unproven, user } from './events/record';
import { LOG_GROUP, PREFIX } from './events/names';
import { matches } from '../../emulator/filter-pattern';
import { eachOf } from '../each-of';
import { deployedAlarms, deployedFilters } from './deployed-filters';

/**
 * Texts that Security Hub compares to the letter, by the number of its control.
 * @see https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html
 */
const SECURITY_HUB: Readonly<Record<number, string>> = {
  1: '{$.userIdentity.type="Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType !="AwsServiceEvent"}',
  2: '{($.errorCode="*UnauthorizedOperation") || ($.errorCode="AccessDenied*")}',
  3: '{ ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") && ($.userIdentity.type = "IAMUser") && ($.responseElements.ConsoleLogin = "Success") }',
  5: '{($.eventName=CreateTrail) || ($.eventName=UpdateTrail) || ($.eventName=DeleteTrail) || ($.eventName=StartLogging) || ($.eventName=StopLogging)}',
  6: '{($.eventName=ConsoleLogin) && ($.errorMessage="Failed authentication")}',
  7: '{($.eventSource=kms.amazonaws.com) && (($.eventName=DisableKey) || ($.eventName=ScheduleKeyDeletion))}',
  8: '{($.eventSource=s3.amazonaws.com) && (($.eventName=PutBucketAcl) || ($.eventName=PutBucketPolicy) || ($.eventName=PutBucketCors) || ($.eventName=PutBucketLifecycle) || ($.eventName=PutBucketReplication) || ($.eventName=DeleteBucketPolicy) || ($.eventName=DeleteBucketCors) || ($.eventName=DeleteBucketLifecycle) || ($.eventName=DeleteBucketReplication))}',
  9: '{($.eventSource=config.amazonaws.com) && (($.eventName=StopConfigurationRecorder) || ($.eventName=DeleteDeliveryChannel) || ($.eventName=PutDeliveryChannel) || ($.eventName=PutConfigurationRecorder))}',
  10: '{($.eventName=AuthorizeSecurityGroupIngress) || ($.eventName=AuthorizeSecurityGroupEgress) || ($.eventName=RevokeSecurityGroupIngress) || ($.eventName=RevokeSecurityGroupEgress) || ($.eventName=CreateSecurityGroup) || ($.eventName=DeleteSecurityGroup)}',
  11: '{($.eventName=CreateNetworkAcl) || ($.eventName=CreateNetworkAclEntry) || ($.eventName=DeleteNetworkAcl) || ($.eventName=DeleteNetworkAclEntry) || ($.eventName=ReplaceNetworkAclEntry) || ($.eventName=ReplaceNetworkAclAssociation)}',
  12: '{($.eventName=CreateCustomerGateway) || ($.eventName=DeleteCustomerGateway) || ($.eventName=AttachInternetGateway) || ($.eventName=CreateInternetGateway) || ($.eventName=DeleteInternetGateway) || ($.eventName=DetachInternetGateway)}',
  14: '{($.eventName=CreateVpc) || ($.eventName=DeleteVpc) || ($.eventName=ModifyVpcAttribute) || ($.eventName=AcceptVpcPeeringConnection) || ($.eventName=CreateVpcPeeringConnection) || ($.eventName=DeleteVpcPeeringConnection) || ($.eventName=RejectVpcPeeringConnection) || ($.eventName=AttachClassicLinkVpc) || ($.eventName=DetachClassicLinkVpc) || ($.eventName=DisableVpcClassicLink) || ($.eventName=EnableVpcClassicLink)}',
};

const filters = deployedFilters();
const alarms = deployedAlarms();
const timing = new AlarmTiming(filters, alarms);

const filterOf = (id: string): DeployedFilter | undefined =>
  filters.find(({ detection }) => detection === id);
const counts = (id: string, event: CloudTrailEvent): boolean => matches(filterOf(id)?.pattern ?? '', event);

/** Metrics whose alarms these events trigger. */
function triggered(events: readonly CloudTrailEvent[]): string[] {
  const arrivals = events.map((event) => ({
    at: Date.parse(String(event.eventTime)) / 1000,
    counts: timing.counts(event),
  }));
  return alarms.filter((alarm) => peakOf(alarm, arrivals) >= alarm.threshold).map(({ metric }) => metric);
}

describe('the text that Security Hub compares', () => {
  eachOf(Object.entries(SECURITY_HUB), ([number]) => `CloudWatch.${number}`)(
    'is deployed to the letter',
    ([number, text]) => {
      const { id } =
        DETECTIONS.find(({ controls }) => controls.includes(`Security Hub CloudWatch.${number}`)) ?? {};
      expect(filterOf(id ?? '')?.pattern).toBe(text);
    },
  );
});

describe('each detection', () => {
  const each = eachOf(DETECTIONS, ({ id }) => id);

  each('counts each of its matches', ({ id }) => {
    const missed = EXAMPLES[id]?.matches.filter(({ event }) => !counts(id, event));
    expect(missed?.map(({ title }) => title)).toEqual([]);
  });

  each('counts none of its near misses', ({ id }) => {
    const counted = EXAMPLES[id]?.nearMisses.filter(({ event }) => counts(id, event));
    expect(counted?.map(({ title }) => title)).toEqual([]);
  });
});

describe('a pattern', () => {
  const CONDITION =
    /\$\.[\w.[\]*-]+\s*(?:NOT EXISTS|IS (?:TRUE|FALSE)|[<>]=\d+|!?=\s*(?:"[^"]*"|%[^%]*%|[\w.*]+))/g;
  const TRUE = '$.nothing NOT EXISTS';
  const FALSE = '$.nothing="of it"';
  // The name of an existing log group does not contain the prefix.
  const ADOPTED = 'aws-cloudtrail-logs';
  const tampering = call('logs', 'DeleteLogGroup', user('alice'), {
    requestParameters: { logGroupName: ADOPTED },
  });
  // What Security Hub compares is held to the letter.
  const ours = deployedFilters(undefined, ADOPTED).filter(
    ({ pattern }) => !Object.values(SECURITY_HUB).includes(pattern),
  );

  eachOf(ours, ({ detection }) => detection)(
    'has no condition that can be changed without a record that notices',
    ({ detection, pattern }) => {
      const { matches: hits = [], nearMisses = [] } = EXAMPLES[detection] ?? {};
      const isNoticed = (changed: string) =>
        hits.some(({ event }) => !matches(changed, event)) ||
        nearMisses.some(({ event }) => matches(changed, event)) ||
        matches(changed, tampering) !== ['BaselineTamperedWith', 'MonitoringRemoved'].includes(detection);
      expect(isNoticed(pattern)).toBe(false);
      const conditions = [...pattern.matchAll(CONDITION)];
      expect(conditions).not.toEqual([]);
      const changes = conditions.flatMap(({ 0: condition, index }) =>
        [TRUE, FALSE].map((other) => ({
          change: `${condition} as ${other}`,
          changed: pattern.slice(0, index) + other + pattern.slice(index + condition.length),
        })),
      );
      expect(changes.filter(({ changed }) => !isNoticed(changed)).map(({ change }) => change)).toEqual([]);
    },
  );
});

describe('what the function of the settings can change', () => {
  const { may = [] } = ROLES.find(({ role }) => role === 'SettingsRole') ?? {};
  const changes = may
    .flatMap(({ actions, only }) => (only ? [] : actions))
    .filter((action) => /^(?:account|access-analyzer|ec2|iam|s3):(?!Get|List|Describe|Create)/.test(action));

  eachOf(changes)('counts, though the function is the baseline’s own', (action) => {
    const [service = '', name = ''] = action.split(':');
    expect(counts('AccountSettingsChanged', call(service, name, SETTINGS_FUNCTION))).toBe(true);
  });

  test('is not little', () => {
    expect(changes.length).toBeGreaterThan(10);
  });
});

test('ModifySecurityGroupRules, which Security Hub leaves out, is a change by hand', () => {
  const event = call('ec2', 'ModifySecurityGroupRules', user('alice', true));
  expect(filters.filter(({ pattern }) => matches(pattern, event)).map(({ detection }) => detection)).toEqual([
    'ChangedByHand',
  ]);
});

describe('a burst', () => {
  const times = (count: number, event: CloudTrailEvent) => Array.from({ length: count }, () => event);
  const key = user('build-server');
  const changes = [
    call('iam', 'PutRolePolicy', CLOUDFORMATION),
    call('s3', 'PutBucketPolicy', CLOUDFORMATION),
    call('ec2', 'CreateSecurityGroup', CLOUDFORMATION),
    call('ec2', 'CreateNetworkAclEntry', CLOUDFORMATION),
    call('ec2', 'AttachInternetGateway', CLOUDFORMATION),
    call('ec2', 'CreateRoute', CLOUDFORMATION),
    call('ec2', 'CreateVpc', CLOUDFORMATION),
  ].flatMap((event) => times(8, event));

  test.each([
    ['5 failed sign-ins', times(5, failedSignIn(unproven('bob')))],
    ['30 denied calls', times(30, denied('iam', 'ListUsers', key))],
    ['50 changes of all seven kinds', changes.slice(0, 50)],
    [
      '2 failed sign-ins and 30 changes',
      [...times(2, failedSignIn(unproven('bob'))), ...changes.slice(0, 30)],
    ],
  ])('of %s triggers the alarm', (_, events) => {
    expect(triggered(events)).toEqual(['Attempts']);
  });

  test('is not needed for a change by hand', () => {
    expect(triggered([call('iam', 'PutUserPolicy', user('alice', true))])).toEqual(['Activity']);
  });

  test.each([
    ['4 failed sign-ins', times(4, failedSignIn(unproven('bob')))],
    ['29 denied calls', times(29, denied('iam', 'ListUsers', key))],
    ['49 changes', changes.slice(0, 49)],
  ])('of %s does not', (_, events) => {
    expect(triggered(events)).toEqual([]);
  });

  test('triggers it only within one period', () => {
    const [first, ...others] = times(5, failedSignIn(unproven('bob')));
    const later = { ...first, eventTime: '2026-11-24T12:05:00Z' };
    expect(triggered([...others, later])).toEqual([]);
  });
});

/**
 * Calls that an attacker makes to silence the baseline or to come back, and that once triggered nothing.
 * Parameters as CloudTrail records them.
 */
describe('a call that silences the baseline or opens a way in', () => {
  const stackName = `${PREFIX}-Alarms`;
  const accessLogs = { bucketName: `${PREFIX.toLowerCase()}-audit-audittrailaccesslogs-abcdef123456` };
  const secretId = 'AdminAccessalicePassword-AbCdEf123456';
  const assumeRolePolicyDocument = '{"Statement":[{"Principal":{"AWS":"arn:aws:iam::210987654321:root"}}]}';

  const calls: readonly [service: string, name: string, requestParameters: object][] = [
    ['cloudformation', 'UpdateStack', { stackName }],
    ['cloudformation', 'ExecuteChangeSet', { stackName, changeSetName: 'evil' }],
    ['cloudformation', 'SetStackPolicy', { stackName }],
    ['logs', 'PutTransformer', { logGroupIdentifier: LOG_GROUP }],
    ['logs', 'PutLogGroupDeletionProtection', { logGroupIdentifier: LOG_GROUP }],
    ['kms', 'RevokeGrant', {}],
    ['kms', 'DeleteAlias', { aliasName: 'alias/account-baseline' }],
    ['s3', 'PutBucketLifecycle', accessLogs],
    ['s3', 'DeleteBucket', accessLogs],
    ['budgets', 'DeleteBudget', { budgetName: 'SpendAlertsBudget-AbCdEf' }],
    ['secretsmanager', 'GetSecretValue', { secretId }],
    [
      'sns',
      'Subscribe',
      { topicArn: `arn:aws:sns:us-east-1:123456789012:${PREFIX}-Alarms-NotificationsTopic-A` },
    ],
    ['iam', 'CreateUser', {}],
    ['iam', 'UpdateUser', {}],
    ['iam', 'DeleteUser', {}],
    ['iam', 'CreateRole', { assumeRolePolicyDocument }],
    ['iam', 'CreateVirtualMFADevice', {}],
    ['iam', 'EnableMFADevice', {}],
    ['iam', 'CreateSAMLProvider', {}],
    ['iam', 'CreateOpenIDConnectProvider', {}],
    ['iam', 'UpdateAccessKey', { status: 'Active' }],
    ['iam', 'CreateServiceSpecificCredential', {}],
    ['iam', 'UploadSSHPublicKey', {}],
    ['iam', 'PutUserPermissionsBoundary', {}],
    ['iam', 'DeleteRolePermissionsBoundary', {}],
    ['sso', 'CreateInstance', {}],
    ['sts', 'AssumeRoot', {}],
    ['account', 'EnableRegion', {}],
    ['account', 'DisableRegion', {}],
    ['account', 'StartPrimaryEmailUpdate', {}],
    ['account', 'PutContactInformation', {}],
  ];

  eachOf(calls, ([service, name]) => `${service} ${name}`)(
    'triggers an alarm of successes',
    ([service, name, requestParameters]) => {
      const metrics = triggered([call(service, name, user('mallory'), { requestParameters })]);
      expect(metrics.filter((metric) => metric !== 'Attempts' && metric !== 'RootAttempts')).toHaveLength(1);
    },
  );

  // One CreateStack makes an administrator.
  test.each(['CreateUser', 'CreateLoginProfile', 'AddUserToGroup'])(
    'triggers it also as iam %s by CloudFormation',
    (name) => {
      expect(triggered([call('iam', name, CLOUDFORMATION)])).toEqual(['Access']);
    },
  );
});
