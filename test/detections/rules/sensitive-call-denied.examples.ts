import { example, type Examples, parameters } from '../events/example';
import { ADMIN, APP, APP_LOG_GROUP, INTRUDER } from '../events/fixtures';
import { PREFIX } from '../events/names';
import { call, denied } from '../events/record';

const EXPLAINER = parameters({ functionName: `${PREFIX}-Alarms-NotificationsExplainer-AbCdEf` });

const DENIED: readonly (readonly [service: string, name: string])[] = [
  ['cloudtrail', 'StopLogging'],
  ['cloudtrail', 'DeleteTrail'],
  ['cloudtrail', 'PutEventSelectors'],
  ['kms', 'DisableKey'],
  ['kms', 'ScheduleKeyDeletion'],
  ['iam', 'CreateAccessKey'],
  ['iam', 'CreateUser'],
  ['iam', 'CreateLoginProfile'],
  ['organizations', 'LeaveOrganization'],
  ['account', 'CloseAccount'],
];

export const examples: Examples = {
  matches: [
    ...DENIED.map(([service, name]) => example(name, denied(service, name, INTRUDER))),
    example(
      'a function of the baseline may not be changed',
      denied('lambda', 'UpdateFunctionCode20150331v2', INTRUDER, EXPLAINER),
    ),
    example(
      'EC2 has another code',
      denied('ec2', 'DeleteFlowLogs', INTRUDER, {
        errorCode: 'Client.UnauthorizedOperation',
        ...parameters({ flowLogName: `${PREFIX}-Networks-FlowLogs` }),
      }),
    ),
  ],
  nearMisses: [
    example('the function changes', call('lambda', 'UpdateFunctionCode20150331v2', ADMIN, EXPLAINER)),
    example('the function may not be read', denied('lambda', 'GetFunction20150331v2', APP, EXPLAINER)),
    example('users may not be listed', denied('iam', 'ListUsers', APP)),
    example(
      'a retention may not be changed',
      denied('logs', 'PutRetentionPolicy', APP, parameters(APP_LOG_GROUP)),
    ),
    example('a key is created', call('iam', 'CreateAccessKey', ADMIN)),
    example(
      'a user exists already',
      call('iam', 'CreateUser', ADMIN, { errorCode: 'EntityAlreadyExistsException' }),
    ),
  ],
};
