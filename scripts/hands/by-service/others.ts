import { Budgets } from '@aws-sdk/client-budgets';
import { ConfigService } from '@aws-sdk/client-config-service';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import {
  admit,
  hand,
  NO_CALL,
  NO_RENAMING,
  OPEN,
  type Place,
  type Row,
  set,
  type Untried,
  without,
} from '../hand';

const secretsOf = ({ emulator }: Place) => new SecretsManager(emulator.clientConfig);
const configOf = ({ emulator }: Place) => new ConfigService(emulator.clientConfig);
const budgetsOf = ({ emulator }: Place) => new Budgets(emulator.clientConfig);

/** The first-time password whose policy it is. */
const secretIn = ({ ids }: Place) => ids['AdminAccessalicePassword'] ?? '';

const spending = (Amount: string) => ({
  BudgetType: 'COST' as const,
  TimeUnit: 'MONTHLY' as const,
  BudgetLimit: { Amount, Unit: 'USD' },
});

async function channelIn(place: Place) {
  const { DeliveryChannels: [channel] = [] } = await configOf(place).describeDeliveryChannels({});
  return { name: place.id, s3BucketName: channel?.s3BucketName };
}

export const OTHER_ROWS: readonly Row[] = [
  {
    type: 'AWS::SecretsManager::Secret',
    of: ['Access', 'AdminAccessalicePassword'],
    change: without('The baseline never changes it, because its user would get another password.'),
    hands: {
      deleted: hand('`secretsmanager:DeleteSecret`, as advised after the first sign-in', (place) =>
        secretsOf(place).deleteSecret({ SecretId: place.id, ForceDeleteWithoutRecovery: true }),
      ),
      changed: hand('`secretsmanager:PutSecretValue`', (place) =>
        secretsOf(place).putSecretValue({ SecretId: place.id, SecretString: 'Somebody-wrote-this-2026!' }),
      ),
      renamed: NO_RENAMING,
      replaced: hand('deleted; another one of the name, whose ARN differs', async (place) => {
        const { Name } = await secretsOf(place).describeSecret({ SecretId: place.id });
        await secretsOf(place).deleteSecret({ SecretId: place.id, ForceDeleteWithoutRecovery: true });
        await secretsOf(place).createSecret({
          Name,
          SecretString: 'Somebody-wrote-this-2026!',
        });
      }),
    },
  },
  {
    type: 'AWS::SecretsManager::ResourcePolicy',
    of: ['Access', 'AdminAccessaliceReaders'],
    change: admit('ResourcePolicy', {
      Sid: 'More',
      Effect: 'Deny',
      Principal: '*',
      Action: 'secretsmanager:PutSecretValue',
      Resource: '*',
    }),
    hands: {
      deleted: hand('`secretsmanager:DeleteResourcePolicy`', (place) =>
        secretsOf(place).deleteResourcePolicy({ SecretId: secretIn(place) }),
      ),
      changed: hand('`secretsmanager:PutResourcePolicy`', (place) =>
        secretsOf(place).putResourcePolicy({ SecretId: secretIn(place), ResourcePolicy: OPEN('*') }),
      ),
      renamed: without('It has no name.'),
      replaced: without('A secret has one policy: the same as changed.'),
    },
  },
  {
    type: 'AWS::Budgets::Budget',
    of: ['Spend', 'SpendAlertsBudget'],
    change: ({ Budget, ...others }) => ({ ...others, Budget: { ...(Budget as object), ...spending('60') } }),
    hands: {
      deleted: hand('`budgets:DeleteBudget`', (place) =>
        budgetsOf(place).deleteBudget({ AccountId: place.emulator.accountId, BudgetName: place.id }),
      ),
      changed: hand('`budgets:UpdateBudget`: its limit', (place) =>
        budgetsOf(place).updateBudget({
          AccountId: place.emulator.accountId,
          NewBudget: { BudgetName: place.id, ...spending('1000000') },
        }),
      ),
      renamed: NO_RENAMING,
      replaced: hand('deleted; another budget of the name, without recipients', async (place) => {
        const AccountId = place.emulator.accountId;
        await budgetsOf(place).deleteBudget({ AccountId, BudgetName: place.id });
        await budgetsOf(place).createBudget({
          AccountId,
          Budget: { BudgetName: place.id, ...spending('1000000') },
        });
      }),
    },
  },
  {
    type: 'AWS::Config::ConfigurationRecorder',
    of: ['Detectors', 'ConfigRecorderRecorder'],
    change: set({ RecordingMode: { RecordingFrequency: 'CONTINUOUS' } }),
    hands: {
      deleted: without(NO_CALL),
      changed: hand('`config:StopConfigurationRecorder`', (place) =>
        configOf(place).stopConfigurationRecorder({ ConfigurationRecorderName: place.id }),
      ),
      renamed: NO_RENAMING,
      replaced: without(NO_CALL),
    },
  },
  {
    type: 'AWS::Config::DeliveryChannel',
    of: ['Detectors', 'ConfigRecorderChannel'],
    change: set({ ConfigSnapshotDeliveryProperties: { DeliveryFrequency: 'TwentyFour_Hours' } }),
    hands: {
      deleted: without(NO_CALL),
      changed: hand('`config:PutDeliveryChannel`, without the key', async (place) =>
        configOf(place).putDeliveryChannel({ DeliveryChannel: await channelIn(place) }),
      ),
      renamed: NO_RENAMING,
      replaced: without('Writing a channel of the name is changing it.'),
    },
  },
];

const ORGANIZATION =
  'Only the management account of an organization has it: test/e2e/organization.slow.test.ts.';

/** What is not tried here. */
export const UNTRIED: readonly Untried[] = [
  ...[
    'AWS::CE::AnomalyMonitor',
    'AWS::CE::AnomalySubscription',
    'AWS::Chatbot::MicrosoftTeamsChannelConfiguration',
    'AWS::Chatbot::SlackChannelConfiguration',
    'AWS::GuardDuty::Detector',
    'AWS::SecurityHub::Hub',
    'AWS::SSO::Assignment',
    'AWS::SSO::PermissionSet',
    'AWS::Notifications::ChannelAssociation',
    'AWS::Notifications::EventRule',
    'AWS::Notifications::NotificationConfiguration',
    'AWS::Notifications::NotificationHub',
    'AWS::NotificationsContacts::EmailContact',
  ].map((type) => ({ type, why: NO_CALL })),
  ...[
    'AWS::CloudFormation::StackSet',
    'AWS::Organizations::Account',
    'AWS::Organizations::OrganizationalUnit',
    'AWS::Organizations::Policy',
    ...['Organization', 'ServiceControlPolicies', 'ResourceControlPolicies'].map((name) => `Custom::${name}`),
    ...['RootCredentials', 'RootSessions', 'StackSetsAccess', 'CloudTrailAccess'].map(
      (name) => `Custom::${name}`,
    ),
    ...['AccountAccess', 'AccountAdministrator', 'IamAccess', 'IamAdministrator'].map(
      (name) => `Custom::${name}`,
    ),
    ...['AccessAnalyzerAccess', 'AccessAnalyzerAdministrator'].map((name) => `Custom::${name}`),
    ...['GuardDuty', 'SecurityHub'].flatMap((service) =>
      ['Access', 'Administrator', 'Delegation', 'Policies', 'Role'].map(
        (name) => `Custom::${service}${name}`,
      ),
    ),
  ].map((type) => ({ type, why: ORGANIZATION })),
  {
    type: 'Custom::ConfigServiceRole',
    why: 'It makes a service-linked role of AWS, which only AWS changes.',
  },
];
