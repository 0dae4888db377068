import { daily, DAYS, type Habit, regularly, WORKDAYS } from '../habit';
import { assumption, call, type Caller, linked, resourceId, role, service, through } from '../record';

const INSTANCES = ['shop-1', 'shop-2'].map((name) => resourceId('i', name));
const AUTOSCALING = linked('AutoScaling', 'autoscaling');
const SCALING = linked('ApplicationAutoScaling_ECSService', 'ecs.application-autoscaling');

const agent = (instanceId: string): Caller =>
  role('ShopInstance', instanceId, {
    sourceIPAddress: '10.20.0.5',
    userAgent: 'aws-sdk-go/1.55.5 (go1.24.6; linux; amd64) amazon-ssm-agent/3.3.3050.0',
  });

/** Instances in an Auto Scaling group: the agent of Systems Manager, more instances by day than by night. */
export const fleet: Habit = {
  title: 'Instances and their scaling',
  records: () => [
    ...regularly(120, 20, 4, () =>
      INSTANCES.flatMap((instanceId) => [
        call(agent(instanceId), 'ssm', 'UpdateInstanceInformation', {
          instanceId,
          agentVersion: '3.3.3050.0',
          platformType: 'Linux',
          agentName: 'amazon-ssm-agent',
        }),
        call(agent(instanceId), 'ssm', 'ListInstanceAssociations', { instanceId, maxResults: 20 }),
      ]),
    ),
    ...daily(DAYS, '00:35', 5, () =>
      INSTANCES.flatMap((instanceId) => [
        assumption(service('ec2'), 'ShopInstance', instanceId),
        call(agent(instanceId), 'ssm', 'PutInventory', {
          instanceId,
          items: [{ typeName: 'AWS:Application', schemaVersion: '1.1' }],
        }),
        call(agent(instanceId), 'ssm', 'PutComplianceItems', {
          resourceId: instanceId,
          resourceType: 'ManagedInstance',
          complianceType: 'Association',
        }),
        call(agent(instanceId), 'secretsmanager', 'GetSecretValue', { secretId: 'shop/database' }),
      ]),
    ),
    ...daily(WORKDAYS, '06:55', 3, () => [
      call(AUTOSCALING, 'ec2', 'RunInstances', {
        instancesSet: { items: [{ minCount: 1, maxCount: 1 }] },
        instanceType: 't3.medium',
        launchTemplate: { launchTemplateId: resourceId('lt', 'shop'), version: '7' },
      }),
      call(AUTOSCALING, 'elasticloadbalancing', 'RegisterTargets', {
        targets: [{ id: resourceId('i', 'shop-3') }],
      }),
      call(through('ec2', agent(resourceId('i', 'shop-3'))), 'kms', 'CreateGrant', {
        operations: ['Decrypt'],
        granteePrincipal: 'ec2.us-east-1.amazonaws.com',
      }),
      call(SCALING, 'monitoring', 'PutMetricAlarm', {
        alarmName: 'TargetTracking-service/orders/orders-AlarmHigh',
      }),
    ]),
    ...daily(WORKDAYS, '19:05', 3, () => [
      call(AUTOSCALING, 'elasticloadbalancing', 'DeregisterTargets', {
        targets: [{ id: resourceId('i', 'shop-3') }],
      }),
      call(AUTOSCALING, 'ec2', 'TerminateInstances', {
        instancesSet: { items: [{ instanceId: resourceId('i', 'shop-3') }] },
      }),
      call(SCALING, 'monitoring', 'DeleteAlarms', {
        alarmNames: ['TargetTracking-service/orders/orders-AlarmLow'],
      }),
    ]),
    // Patches, in a maintenance window.
    ...daily(['Sun'], '03:00', 20, () => [
      call(through('ssm', role('MaintenanceWindow', 'mw-0a1b2c3d4e5f60718', {})), 'ssm', 'SendCommand', {
        documentName: 'AWS-RunPatchBaseline',
        instanceIds: INSTANCES,
        parameters: 'HIDDEN_DUE_TO_SECURITY_REASONS',
      }),
      ...INSTANCES.map((instanceId) =>
        call(agent(instanceId), 'ssm', 'PutComplianceItems', {
          resourceId: instanceId,
          complianceType: 'Patch',
        }),
      ),
    ]),
  ],
};
