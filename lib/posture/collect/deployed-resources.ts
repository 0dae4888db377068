import { CloudControlClient, GetResourceCommand } from '@aws-sdk/client-cloudcontrol';
import { CloudWatchClient, GetDashboardCommand } from '@aws-sdk/client-cloudwatch';
import {
  EventBridgeClient,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  type Rule,
} from '@aws-sdk/client-eventbridge';
import { GetSAMLProviderCommand, IAMClient } from '@aws-sdk/client-iam';
import { GetFunctionEventInvokeConfigCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketLoggingCommand,
  GetBucketVersioningCommand,
  GetObjectLockConfigurationCommand,
  GetPublicAccessBlockCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { z } from 'zod';
import type { BaselineConfig } from '../../config/config';
import { NOTICE_REGION } from '../../root-notice/rules';
import type { Clients } from '../clients';
import { ifThere, noAnswer, readIfThere } from '../read';
import type { AccountSnapshot, DeployedResource, Part, Properties } from '../snapshot';
import { resolved, textOf, valuesOf } from '../template-values';
import type { ReadTopicAttributes } from './notifications';
import { BUDGET_TYPES } from './budgets';
import { type ComparedType, given, only } from './compared-type';
import { DETECTOR_TYPES } from './detectors';
import { NO_BLOCK } from './trail';
import { audiencesOf } from './oidc-providers';

const Template = z.object({
  Resources: z.record(
    z.string(),
    z.object({ Type: z.string().optional(), Properties: z.record(z.string(), z.unknown()).default({}) }),
  ),
});
const Reference = z.object({ Ref: z.string() });

/** Reads the resources of the deployed templates that `verify` compares with the account. */
export async function readDeployedResources(
  clients: Clients,
  topics: ReadTopicAttributes,
  { suite, caller, region, at }: AccountSnapshot,
  { stackName }: BaselineConfig,
): Promise<Part<readonly DeployedResource[]>> {
  if (!('value' in suite)) return suite;
  let rules: ReturnType<typeof readRules> | undefined;
  const { account } = caller;
  const context = {
    clients,
    account,
    at,
    topics,
    rules: () => (rules ??= readRules(clients, `${stackName}-`)),
  };
  const found = suite.value.flatMap((stack) =>
    Object.entries(Template.parse(stack.template).Resources).flatMap(([id, { Type = '', Properties }]) => {
      const type = TYPES[Type];
      if (!type) return [];
      const logicalId = type.of === undefined ? id : Reference.parse(Properties[type.of]).Ref;
      const resource = stack.resources.find((one) => one.LogicalResourceId === logicalId)?.PhysicalResourceId;
      // A resource with a condition may not exist.
      if (resource === undefined || !stack.resources.some((one) => one.LogicalResourceId === id)) return [];
      const of = valuesOf(stack, caller, region);
      const values = resolved(Properties, stack, suite.value, of) as Properties;
      return [{ kind: stack.kind, type: Type, resource, wanted: given(type.wanted(values, of)) }];
    }),
  );
  const value = await Promise.all(
    found.map(async (one): Promise<DeployedResource> => {
      const type = TYPES[one.type];
      const actual = await readIfThere(type?.absent ?? [], async () => {
        const properties = await type?.read(context, one.resource, one.wanted);
        return properties && given(properties);
      });
      return { ...one, actual };
    }),
  );
  return { value };
}

/** Properties of a target of an event rule that decide what it receives. */
const TARGET = ['Arn', 'Id', 'Input', 'InputPath', 'InputTransformer'];

/** Seconds for which Lambda keeps an event, unless a function has another value. */
const EVENT_AGE = 21_600;

/** By CloudFormation type. */
const TYPES: Readonly<Record<string, ComparedType>> = {
  ...DETECTOR_TYPES,
  ...BUDGET_TYPES,
  'AWS::Events::Rule': {
    wanted: ({ State = 'ENABLED', EventPattern, ScheduleExpression, Targets = [] }) => ({
      State,
      EventPattern,
      ScheduleExpression,
      Targets: z
        .array(z.record(z.string(), z.unknown()))
        .parse(Targets)
        .map((target) => only(target, TARGET)),
    }),
    absent: ['ResourceNotFoundException'],
    read: async ({ clients, rules }, name) => {
      const rule = (await rules()).get(name);
      if (!rule) return undefined;
      const { State, EventPattern, ScheduleExpression } = rule;
      const { Targets = [] } = await clients
        .get(EventBridgeClient)
        .send(new ListTargetsByRuleCommand({ Rule: name }));
      return {
        State,
        EventPattern: EventPattern === undefined ? undefined : (JSON.parse(EventPattern) as unknown),
        ScheduleExpression,
        Targets: Targets.map((target) => only(target, TARGET)),
      };
    },
  },
  'AWS::Lambda::EventInvokeConfig': {
    of: 'FunctionName',
    wanted: ({ MaximumEventAgeInSeconds = EVENT_AGE, MaximumRetryAttempts = 2, DestinationConfig = {} }) => ({
      MaximumEventAgeInSeconds,
      MaximumRetryAttempts,
      ...destinations(DestinationConfig as object),
    }),
    absent: ['ResourceNotFoundException'],
    read: async ({ clients }, FunctionName) => {
      const found = await clients
        .get(LambdaClient)
        .send(new GetFunctionEventInvokeConfigCommand({ FunctionName, Qualifier: '$LATEST' }));
      const {
        MaximumEventAgeInSeconds = EVENT_AGE,
        MaximumRetryAttempts = 2,
        DestinationConfig = {},
      } = found;
      return { MaximumEventAgeInSeconds, MaximumRetryAttempts, ...destinations(DestinationConfig) };
    },
  },
  'AWS::IAM::SAMLProvider': {
    wanted: ({ SamlMetadataDocument: text }) => ({ SamlMetadataDocument: String(text).trim() }),
    absent: ['NoSuchEntity', 'NoSuchEntityException'],
    read: async ({ clients }, SAMLProviderArn) => {
      const { SAMLMetadataDocument: text = noAnswer('the metadata of a SAML provider') } = await clients
        .get(IAMClient)
        .send(new GetSAMLProviderCommand({ SAMLProviderArn }));
      return { SamlMetadataDocument: text.trim() };
    },
  },
  'AWS::IAM::OIDCProvider': {
    // The template has no thumbprints: IAM reads those of the issuer, which may change.
    wanted: (properties) => only(properties, ['ClientIdList']),
    absent: ['NoSuchEntity', 'NoSuchEntityException'],
    read: async ({ clients }, arn) => ({ ClientIdList: await audiencesOf(clients, arn) }),
  },
  'AWS::CloudWatch::Dashboard': {
    wanted: ({ DashboardBody }, of) => {
      const text = textOf(DashboardBody, of);
      return { DashboardBody: text === undefined ? undefined : (JSON.parse(text) as unknown) };
    },
    absent: ['ResourceNotFound', 'DashboardNotFoundError'],
    read: async ({ clients }, DashboardName, { DashboardBody: wanted }) => {
      if (wanted === undefined) throw new Error('the template has references that are not known');
      const { DashboardBody: text = noAnswer('the dashboard') } = await clients
        .get(CloudWatchClient)
        .send(new GetDashboardCommand({ DashboardName }));
      return { DashboardBody: JSON.parse(text) as unknown };
    },
  },
  'AWS::SNS::Topic': {
    wanted: (properties) => only(properties, ['KmsMasterKeyId']),
    absent: ['NotFoundException', 'NotFound'],
    read: async ({ topics }, arn) => only(await topics(arn), ['KmsMasterKeyId']),
  },
  'AWS::S3::Bucket': {
    wanted: (properties) => ({
      ...only(properties, ['PublicAccessBlockConfiguration', 'VersioningConfiguration']),
      BucketEncryption: encryptionOf(properties.BucketEncryption),
      LoggingConfiguration: loggingOf(properties.LoggingConfiguration),
      ObjectLockConfiguration: lockOf(properties.ObjectLockConfiguration),
      LifecycleConfiguration: lifecycleOf(properties.LifecycleConfiguration),
    }),
    absent: ['NoSuchBucket'],
    read: async ({ clients }, Bucket, { ObjectLockConfiguration }) => {
      const s3 = clients.get(S3Client);
      const [versioning, block, encryption, logging, lifecycle, lock] = await Promise.all([
        s3.send(new GetBucketVersioningCommand({ Bucket })),
        ifThere([NO_BLOCK], () => s3.send(new GetPublicAccessBlockCommand({ Bucket }))),
        ifThere(['ServerSideEncryptionConfigurationNotFoundError'], () =>
          s3.send(new GetBucketEncryptionCommand({ Bucket })),
        ),
        s3.send(new GetBucketLoggingCommand({ Bucket })),
        ifThere(['NoSuchLifecycleConfiguration'], () =>
          s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket })),
        ),
        ObjectLockConfiguration === undefined
          ? undefined
          : ifThere(['ObjectLockConfigurationNotFoundError'], () =>
              s3.send(new GetObjectLockConfigurationCommand({ Bucket })),
            ),
      ]);
      return {
        PublicAccessBlockConfiguration: block?.PublicAccessBlockConfiguration,
        VersioningConfiguration: versioning.Status === undefined ? undefined : { Status: versioning.Status },
        BucketEncryption: encryptionOf({
          ServerSideEncryptionConfiguration: encryption?.ServerSideEncryptionConfiguration?.Rules?.map(
            ({ ApplyServerSideEncryptionByDefault: one }) => ({ ServerSideEncryptionByDefault: one }),
          ),
        }),
        LoggingConfiguration: loggingOf({ DestinationBucketName: logging.LoggingEnabled?.TargetBucket }),
        ObjectLockConfiguration: lockOf(lock?.ObjectLockConfiguration),
        LifecycleConfiguration: lifecycleOf({
          Rules: lifecycle?.Rules?.map(({ Status, Expiration, NoncurrentVersionExpiration }) => ({
            Status,
            ExpirationInDays: Expiration?.Days,
            ExpirationDate: Expiration?.Date,
            NoncurrentVersionExpiration,
          })),
        }),
      };
    },
  },
  ...Object.fromEntries(
    (
      [
        ['AWS::Notifications::NotificationHub', ['Region']],
        ['AWS::Notifications::NotificationConfiguration', ['AggregationDuration', 'Name']],
        ['AWS::Notifications::EventRule', ['EventPattern', 'EventType', 'Regions', 'Source']],
        ['AWS::Notifications::ChannelAssociation', ['Arn', 'NotificationConfigurationArn']],
        ['AWS::NotificationsContacts::EmailContact', ['EmailAddress']],
      ] as const
    ).map(([type, names]): [string, ComparedType] => [
      type,
      {
        wanted: (properties) => withPattern(only(properties, names)),
        absent: ['ResourceNotFoundException'],
        read: ({ clients }, resource) => readByCloudControl(clients, type, resource, names),
      },
    ]),
  ),
};

/** The destinations of failed and other invocations; those without one are absent. */
function destinations(config: object): Properties {
  const { OnFailure, OnSuccess } = z
    .object({
      OnFailure: z.object({ Destination: z.unknown().optional() }).optional(),
      OnSuccess: z.object({ Destination: z.unknown().optional() }).optional(),
    })
    .parse(config);
  return { OnFailure: OnFailure?.Destination, OnSuccess: OnSuccess?.Destination };
}

const Encryption = z.object({
  ServerSideEncryptionConfiguration: z
    .array(z.object({ ServerSideEncryptionByDefault: z.record(z.string(), z.unknown()).optional() }))
    .optional(),
});

/** Algorithm and key of the default encryption. */
function encryptionOf(value: unknown): Properties | undefined {
  const [rule] = Encryption.optional().parse(value)?.ServerSideEncryptionConfiguration ?? [];
  return (
    rule?.ServerSideEncryptionByDefault &&
    only(rule.ServerSideEncryptionByDefault, ['KMSMasterKeyID', 'SSEAlgorithm'])
  );
}

/** Where the access logs go. */
function loggingOf(value: unknown): Properties | undefined {
  const { DestinationBucketName } =
    z.object({ DestinationBucketName: z.unknown().optional() }).optional().parse(value) ?? {};
  return DestinationBucketName === undefined ? undefined : { DestinationBucketName };
}

const Lock = z.object({
  Rule: z.object({ DefaultRetention: z.record(z.string(), z.unknown()).optional() }).optional(),
});

/** The default retention of new objects. */
function lockOf(value: unknown): Properties | undefined {
  const lock = Lock.optional().parse(value)?.Rule?.DefaultRetention;
  return lock && only(lock, ['Days', 'Mode', 'Years']);
}

const Lifecycle = z.object({
  Rules: z
    .array(
      z.object({
        Status: z.string(),
        ExpirationInDays: z.number().optional(),
        ExpirationDate: z.unknown().optional(),
        NoncurrentVersionExpiration: z.object({ NoncurrentDays: z.number().optional() }).optional(),
      }),
    )
    .optional(),
});

/** Days after which the first rule deletes objects, and versions that are not current. */
function lifecycleOf(value: unknown): Properties | undefined {
  const rules = (Lifecycle.optional().parse(value)?.Rules ?? []).filter(({ Status }) => Status === 'Enabled');
  const first = (days: readonly (number | undefined)[]): number | undefined => {
    const known = days.filter((one) => one !== undefined);
    return known.length === 0 ? undefined : Math.min(...known);
  };
  const properties = given({
    ExpirationInDays: first(
      rules.map(({ ExpirationInDays, ExpirationDate }) =>
        ExpirationDate === undefined ? ExpirationInDays : 0,
      ),
    ),
    NoncurrentDays: first(rules.map(({ NoncurrentVersionExpiration: one }) => one?.NoncurrentDays)),
  });
  return Object.keys(properties).length === 0 ? undefined : properties;
}

async function readRules(clients: Clients, NamePrefix: string): Promise<ReadonlyMap<string, Rule>> {
  const client = clients.get(EventBridgeClient);
  const rules = new Map<string, Rule>();
  let next: string | undefined;
  do {
    const page = await client.send(new ListRulesCommand({ NamePrefix, NextToken: next }));
    for (const rule of page.Rules ?? []) rules.set(rule.Name ?? '', rule);
    next = page.NextToken;
  } while (next !== undefined);
  return rules;
}

/**
 * The SDK has a client for each of two services; Cloud Control reads both, with the names of CloudFormation.
 * @see https://docs.aws.amazon.com/cloudcontrolapi/latest/userguide/supported-resources.html
 */
async function readByCloudControl(
  clients: Clients,
  TypeName: string,
  Identifier: string,
  names: readonly string[],
): Promise<Properties> {
  const { ResourceDescription } = await clients
    .get(CloudControlClient, NOTICE_REGION)
    .send(new GetResourceCommand({ TypeName, Identifier }));
  const text = ResourceDescription?.Properties;
  if (text === undefined) throw new Error(`Cloud Control did not return the properties of ${Identifier}`);
  const properties = z.record(z.string(), z.unknown()).parse(JSON.parse(text));
  const contact = Contact.safeParse(properties.EmailContact).data;
  return { ...withPattern(only(properties, names)), Status: contact?.Status };
}

/**
 * The part of a contact that AWS sets.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-notificationscontacts-emailcontact-emailcontact.html
 */
const Contact = z.object({ Status: z.string() });

/** The event pattern as an object, because spaces in its text do not matter. */
function withPattern({ EventPattern, ...others }: Properties): Properties {
  return typeof EventPattern === 'string'
    ? { ...others, EventPattern: JSON.parse(EventPattern) as unknown }
    : others;
}
