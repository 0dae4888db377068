import { join } from 'node:path';
import { ArnFormat, CustomResource, Duration, Lazy, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { ANALYZER } from './analyzer';
import { InlineFunction } from '../functions/inline-function';
import { mayPublish } from '../notifications/grant-publish';
import { acknowledgeWildcard } from '../functions/nag-suppressions';

/** What a setting shall be, and what becomes of it. */
export interface SettingProps {
  /**
   * Construct id.
   * @default - the name of the setting
   */
  readonly id?: string;
  /**
   * What it shall be.
   * @default - the one value that is safe
   */
  readonly value?: object | string;
  /**
   * Whether it may be weaker than what was there before.
   * @default false
   */
  readonly exactly?: boolean;
  /**
   * Leave it as it is when the resource is deleted.
   * @default false
   */
  readonly keep?: boolean;
}

/** Whom a daily check tells. */
export interface DailyCheckProps {
  /** The topic that people read. */
  readonly topic: ITopic;
  /**
   * Key that encrypts it.
   * @default - not encrypted
   */
  readonly encryptionKey?: IKey;
}

export interface SettingFunctionProps {
  /** TypeScript file whose `handler` serves the settings. */
  readonly entry: string;
  /** What the function is for, as the console shows it. */
  readonly description: string;
  /** What it may do. All of it is needed until the last setting was restored: it must not depend on what is switched on. */
  readonly permissions: PolicyStatement[];
  /**
   * Regions to set those in that are not the account's.
   * @default - all that are enabled
   */
  readonly regions?: readonly string[];
  /**
   * Whom to tell, once a day, of settings that were changed; they are set again.
   * @default - nobody looks
   */
  readonly dailyCheck?: DailyCheckProps;
}

/**
 * A function that serves settings of the account as custom resources, where CloudFormation has no type.
 *
 * @throws {Error} if Regions are given and none is named
 */
export class SettingFunction extends InlineFunction {
  private readonly names: string[] = [];
  private readonly checks: object[] = [];
  private readonly regions: string | undefined;
  /** Reads what there is before the settings change it. */
  private former?: CustomResource;

  constructor(scope: Construct, id: string, props: SettingFunctionProps) {
    const { entry, description, permissions, regions, dailyCheck } = props;
    if (regions?.length === 0) throw new Error('regions must name at least one Region, got none');
    super(scope, id, {
      entry,
      description,
      permissions: [
        ...permissions,
        ...(dailyCheck ? mayPublish([dailyCheck.topic], dailyCheck.encryptionKey) : []),
      ],
      // Seventeen Regions at once, and more where people switched on others; the clients take their time to load.
      memorySize: 512,
      timeout: Duration.minutes(5),
      environment: { TOPIC: dailyCheck?.topic.topicArn },
    });
    this.regions = regions?.join(' ');
    if (!dailyCheck) return;
    new Rule(this, 'Daily', {
      description: 'Looks whether the account settings still hold',
      schedule: Schedule.rate(Duration.days(1)),
      targets: [
        new LambdaFunction(this, {
          event: RuleTargetInput.fromObject({ Check: Lazy.any({ produce: () => this.checks }) }),
        }),
      ],
    });
  }

  /**
   * Makes the resource of a setting.
   *
   * @param name of the setting in the source of the function
   */
  set(scope: Construct, name: string, props: SettingProps = {}): CustomResource {
    const { id = name, value, exactly, keep } = props;
    this.names.push(name);
    this.former ??= this.custom(this, 'Former', 'Former', {
      Settings: Lazy.string({ produce: () => this.names.join(' ') }),
    });
    const wanted = {
      // As JSON: CloudFormation would make strings of numbers and booleans.
      Value: value === undefined ? undefined : Stack.of(this).toJsonString(value),
      Exactly: exactly ? true : undefined,
    };
    // Without what was there before: what people made stricter since stays so.
    this.checks.push({
      ResourceType: `Custom::${name}`,
      ResourceProperties: { ...wanted, Regions: this.regions },
    });
    const resource = this.custom(scope, id, name, {
      Former: this.former.ref,
      ...wanted,
    });
    if (keep) resource.applyRemovalPolicy(RemovalPolicy.RETAIN);
    return resource;
  }

  private custom(
    scope: Construct,
    id: string,
    name: string,
    properties: Record<string, unknown>,
  ): CustomResource {
    return new CustomResource(scope, id, {
      serviceToken: this.functionArn,
      resourceType: `Custom::${name}`,
      // An hour by default, for a function that never answers.
      serviceTimeout: Duration.minutes(6),
      properties: { ...properties, Regions: this.regions },
    });
  }
}

/**
 * Reading, setting and taking back each setting: all the calls that AWS has of these names, as a test finds in its list, and
 * all of them are made. Spelled out, they would take 700 bytes of the template's 51,200.
 */
const SETTINGS = [
  'account:*AlternateContact',
  'ec2:*EbsEncryptionByDefault',
  'ec2:*ImageBlockPublicAccess*',
  'ec2:*InstanceMetadataDefaults',
  'ec2:*SerialConsoleAccess*',
  'ec2:*SnapshotBlockPublicAccess*',
  'iam:*AccountPasswordPolicy',
  's3:*AccountPublicAccessBlock',
];

/** The function of the settings that every account gets, the password policy among them. */
export class AccountSettingFunction extends SettingFunction {
  constructor(
    scope: Construct,
    id: string,
    props: Pick<SettingFunctionProps, 'regions' | 'dailyCheck'> = {},
  ) {
    const stack = Stack.of(scope);
    const analyzers = stack.formatArn({
      service: 'access-analyzer',
      region: '*',
      resource: 'analyzer',
      resourceName: ANALYZER,
    });
    super(scope, id, {
      entry: join(__dirname, './account-settings.handler.ts'),
      description: 'Account settings',
      ...props,
      permissions: [
        new PolicyStatement({
          actions: [...SETTINGS, 'ec2:DescribeRegions', 'access-analyzer:ListAnalyzers'],
          // None of these actions knows a resource: https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
          resources: ['*'],
        }),
        // One statement: neither service knows the other's resources. The analyzers need a service-linked role, and the
        // first one of an account makes it.
        new PolicyStatement({
          actions: [
            'access-analyzer:CreateAnalyzer',
            'access-analyzer:DeleteAnalyzer',
            'iam:CreateServiceLinkedRole',
          ],
          resources: [
            analyzers,
            stack.formatArn({
              service: 'iam',
              region: '',
              resource: 'role',
              resourceName: 'aws-service-role/access-analyzer.amazonaws.com/AWSServiceRoleForAccessAnalyzer',
              arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
            }),
          ],
        }),
      ],
    });
    for (const action of SETTINGS) {
      Validations.of(this.executionRole).acknowledge({
        id: `AwsSolutions-IAM5[Action::${action}]`,
        reason: 'Reads, sets and takes back one setting; AWS has no other action of this name.',
      });
    }
    acknowledgeWildcard(
      this.executionRole,
      '*',
      'Settings of the account have no resource; nothing else has this one.',
    );
    acknowledgeWildcard(this.executionRole, analyzers, 'The analyzer of this name in every Region.');
  }
}
