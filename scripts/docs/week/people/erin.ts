import { ACCOUNT } from '../../silencing/deployed';
import { at, daily, type Habit, inTurn, WORKDAYS } from '../habit';
import { arnOf, call, denied, employee, failing, resourceId, service, signIn, using, uuid } from '../record';

const ERIN = employee('Operations', 'erin@example.com', '203.0.113.77');
const CLI = using('aws-cli/2.31.18 md/awscrt#0.27.6 ua/2.1 os/linux#6.8.0 lang/python#3.13.7', ERIN);
const INSTANCE = resourceId('i', 'shop-1');
const SNAPSHOT = resourceId('snap', 'before the upgrade');
const DETECTOR = '12abc34d567e8fa901bc2d34e56789f0';

/** Operations: sessions on instances, parameters, findings, and sometimes a change in the console. */
export const erin: Habit = {
  title: 'Erin, operations',
  records: () => [
    ...daily(WORKDAYS, '07:45', 10, (day) => [
      call(service('sso'), 'sts', 'AssumeRoleWithSAML', { durationSeconds: 28800 }),
      signIn(ERIN, {}),
      call(ERIN, 'monitoring', 'DescribeAlarms'),
      call(ERIN, 'ec2', 'DescribeInstances', { instancesSet: {}, filterSet: {} }),
      call(ERIN, 'ssm', 'DescribeInstanceInformation'),
      call(ERIN, 'ssm', 'StartSession', { target: INSTANCE }),
      call(ERIN, 'ssm', 'TerminateSession', { sessionId: `erin@example.com-${uuid(day).slice(0, 17)}` }),
      call(ERIN, 'ssm', 'GetParametersByPath', { path: '/shop/', recursive: true, withDecryption: true }),
      denied(ERIN, 'organizations', 'DescribeOrganization'),
    ]),
    // The token of the command line is from yesterday.
    ...daily(['Tue', 'Fri'], '08:10', 20, () => [
      failing(
        call(CLI, 'sts', 'AssumeRole', null),
        'ExpiredTokenException',
        'The security token included in the request is expired',
      ),
      call(CLI, 'sts', 'GetCallerIdentity'),
      call(CLI, 'ec2', 'DescribeSnapshots', { ownersSet: { items: [{ owner: 'self' }] } }),
    ]),
    ...inTurn(at('Wed', '16:30'), 60, [
      call(ERIN, 'ec2', 'CreateSnapshot', {
        volumeId: resourceId('vol', 'shop-1'),
        description: 'before the upgrade',
      }),
      // Shared with nobody from now on, which is the opposite of an exposure.
      call(ERIN, 'ec2', 'ModifySnapshotAttribute', {
        snapshotId: SNAPSHOT,
        createVolumePermission: { remove: { items: [{ userId: '210987654321' }] } },
        attributeType: 'CREATE_VOLUME_PERMISSION',
      }),
      call(ERIN, 'rds', 'CreateDBSnapshot', {
        dBInstanceIdentifier: 'shop',
        dBSnapshotIdentifier: 'shop-before-upgrade',
      }),
      call(ERIN, 'rds', 'ModifyDBSnapshotAttribute', {
        dBSnapshotIdentifier: 'shop-before-upgrade',
        attributeName: 'restore',
        valuesToRemove: ['all'],
      }),
      call(ERIN, 'ec2', 'CreateImage', { instanceId: INSTANCE, name: 'shop-2026-11-25', noReboot: true }),
      call(ERIN, 'ec2', 'ModifyImageAttribute', {
        imageId: resourceId('ami', 'shop'),
        description: { value: 'before the upgrade' },
      }),
      call(ERIN, 'ec2', 'StopInstances', {
        instancesSet: { items: [{ instanceId: INSTANCE }] },
        force: false,
      }),
      call(ERIN, 'ec2', 'ModifyInstanceAttribute', {
        instanceId: INSTANCE,
        instanceType: { value: 't3.large' },
      }),
      call(ERIN, 'ec2', 'StartInstances', { instancesSet: { items: [{ instanceId: INSTANCE }] } }),
    ]),
    // The office has a new address, and only it may use SSH.
    ...inTurn(at('Thu', '10:25'), 25, [
      call(ERIN, 'ec2', 'AuthorizeSecurityGroupIngress', {
        groupId: resourceId('sg', 'bastion'),
        ipPermissions: {
          items: [
            {
              ipProtocol: 'tcp',
              fromPort: 22,
              toPort: 22,
              groups: {},
              ipRanges: { items: [{ cidrIp: '203.0.113.77/32', description: 'office' }] },
              ipv6Ranges: {},
              prefixListIds: {},
            },
          ],
        },
      }),
      call(ERIN, 'ec2', 'RevokeSecurityGroupIngress', {
        groupId: resourceId('sg', 'bastion'),
        securityGroupRuleIds: { items: [{ securityGroupRuleId: resourceId('sgr', 'old office') }] },
      }),
    ]),
    ...inTurn(at('Thu', '11:40'), 30, [
      call(ERIN, 'ssm', 'PutParameter', {
        name: '/shop/banner',
        value: 'HIDDEN_DUE_TO_SECURITY_REASONS',
        type: 'String',
        overwrite: true,
      }),
      call(ERIN, 'guardduty', 'ListFindings', { detectorId: DETECTOR }),
      call(ERIN, 'guardduty', 'ArchiveFindings', {
        detectorId: DETECTOR,
        findingIds: [uuid('finding').replaceAll('-', '')],
      }),
      call(ERIN, 'securityhub', 'BatchUpdateFindings', {
        findingIdentifiers: [
          {
            id: arnOf('securityhub', 'security-control/EC2.8/finding/1'),
            productArn: arnOf('securityhub', 'product/aws/securityhub'),
          },
        ],
        workflow: { status: 'SUPPRESSED' },
        note: { text: 'HIDDEN_DUE_TO_SECURITY_REASONS', updatedBy: 'erin' },
      }),
      call(ERIN, 'access-analyzer', 'UpdateFindings', {
        analyzerArn: arnOf('access-analyzer', 'analyzer/account'),
        status: 'ARCHIVED',
        ids: [uuid('analyzer')],
      }),
      call(ERIN, 'monitoring', 'SetAlarmState', {
        alarmName: 'Orders-Errors',
        stateValue: 'OK',
        stateReason: 'checked',
      }),
      call(ERIN, 'autoscaling', 'SetDesiredCapacity', {
        autoScalingGroupName: 'shop',
        desiredCapacity: 3,
        honorCooldown: false,
      }),
      call(ERIN, 'ssm', 'SendCommand', {
        documentName: 'AWS-RunPatchBaseline',
        targets: [{ key: 'tag:App', values: ['shop'] }],
        parameters: 'HIDDEN_DUE_TO_SECURITY_REASONS',
        interactive: false,
      }),
      call(ERIN, 'rds', 'RebootDBInstance', { dBInstanceIdentifier: 'shop', forceFailover: false }),
      call(ERIN, 'secretsmanager', 'RotateSecret', {
        secretId: `arn:aws:secretsmanager:us-east-1:${ACCOUNT}:secret:shop/database-AbCdEf`,
      }),
    ]),
  ],
};
