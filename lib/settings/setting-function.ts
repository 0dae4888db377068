import { join } from 'node:path';
import {
  ArnFormat,
  CfnResource,
  CustomResource,
  Duration,
  Lazy,
  RemovalPolicy,
  Stack,
  Validations,
} from 'aws-cdk-lib';
import { Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { Permission, SettingModule } from './setting';
import { SETTINGS } from './settings';
import { CHECK_DETAIL_TYPE, CHECK_SOURCE } from './daily-check';
import { PARAMETER_PATH } from './parameter-path';
import { type EntryCode, InlineFunction } from '../functions/inline-function';
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
   * Whether it may be weaker than the previous value.
   * @default false
   */
  readonly allowWeaker?: boolean;
  /**
   * Keep the setting when the resource is deleted, instead of restoring the previous value.
   * @default false
   */
  readonly retain?: boolean;
}

export interface SettingFunctionProps {
  /** TypeScript file that exports `serve`, which makes the provider of a list of settings. */
  readonly entry: string;
  /** What the function is for, as the console shows it. */
  readonly description: string;
  /** The settings that it serves. It gets the permissions of those that are set, and of no others. */
  readonly settings: readonly SettingModule[];
  /**
   * Regions to set those in that are not the account's.
   * @default - all that are enabled
   */
  readonly regions?: readonly string[];
  /**
   * Check the settings once a day, reapply those that have changed, and put an event of each on the default
   * event bus: see
   * {@link CheckDetail}.
   * @default false
   */
  readonly dailyCheck?: boolean;
}

/**
 * A function that serves settings of the account as custom resources, where CloudFormation has no type.
 *
 * @throws {Error} if Regions are given and none is named
 */
export class SettingFunction extends InlineFunction {
  /** What the daily check asks for: properties of the resources, by the names of their settings. */
  private readonly checks: Record<string, object> = {};
  /** Regions of the settings that are not the account's; all that are enabled where it is undefined. */
  readonly regions: readonly string[] | undefined;

  constructor(scope: Construct, id: string, props: SettingFunctionProps) {
    const { entry, description, settings, regions, dailyCheck } = props;
    if (regions?.length === 0) throw new Error('regions must name at least one Region, got none');
    const parameters = Stack.of(scope).formatArn({
      service: 'ssm',
      resource: 'parameter',
      resourceName: `${PARAMETER_PATH.slice(1)}/*`,
    });
    super(scope, id, {
      entry: entryOf(entry, settings, dailyCheck),
      description,
      permissions: [
        new PolicyStatement({
          sid: 'RememberPreviousState',
          actions: ['ssm:DeleteParameter', 'ssm:GetParameter', 'ssm:PutParameter'],
          resources: [parameters],
        }),
        ...(settings.some(({ setting }) => setting.scope === 'Region')
          ? [
              // It knows no resource.
              new PolicyStatement({
                sid: 'FindRegions',
                actions: ['ec2:DescribeRegions'],
                resources: ['*'],
              }),
            ]
          : []),
        ...(dailyCheck ? [putEvents(scope)] : []),
      ],
      // Seventeen Regions at once, and more where people switched on others; the clients take their time to
      // load.
      memorySize: 512,
      timeout: Duration.minutes(5),
    });
    this.regions = regions;
    acknowledgeWildcard(
      this.executionRole,
      parameters,
      'One parameter per setting, including disabled ones.',
    );
    if (settings.some(({ setting }) => setting.scope === 'Region')) {
      acknowledgeWildcard(this.executionRole, '*', NO_RESOURCES);
    }
    if (!dailyCheck) return;
    new Rule(this, 'Daily', {
      description: 'Checks the account settings and reapplies those that have changed',
      schedule: Schedule.rate(Duration.days(1)),
      targets: [
        new LambdaFunction(this, {
          event: RuleTargetInput.fromObject({ Check: Lazy.any({ produce: () => this.checks }) }),
        }),
      ],
    });
  }

  /**
   * Creates the resource of a setting, and the permissions that it needs until it was restored.
   *
   * @param module one of those that the function serves
   */
  set(scope: Construct, module: SettingModule, props: SettingProps = {}): CustomResource {
    const { setting, permissions } = module;
    const { id = setting.name, value, allowWeaker, retain } = props;
    const asked = {
      // As JSON: CloudFormation would make strings of numbers and booleans.
      Value: value === undefined ? undefined : Stack.of(this).toJsonString(value),
      AllowWeaker: allowWeaker ? true : undefined,
      Regions: setting.scope === 'Region' ? this.regions?.join(' ') : undefined,
    };
    this.checks[setting.name] = asked;
    const resource = new CustomResource(scope, id, {
      serviceToken: this.functionArn,
      resourceType: `Custom::${setting.name}`,
      // An hour by default, for a function that never answers.
      serviceTimeout: Duration.minutes(6),
      properties: asked,
    });
    if (retain) resource.applyRemovalPolicy(RemovalPolicy.RETAIN);
    else useDefaultPolicies(resource);
    // CloudFormation deletes the resource before what it depends on: its Delete can still restore.
    resource.node.addDependency(this.permit(scope, `${id === 'Resource' ? '' : id}Permissions`, permissions));
    return resource;
  }

  private permit(scope: Construct, id: string, permissions: readonly Permission[]): Policy {
    const policy = new Policy(scope, id, { roles: [this.executionRole] });
    for (const { sid, actions, resources } of permissions) {
      const arns = resources?.map(({ service, region, path }) =>
        // A path of any form.
        Stack.of(this).formatArn({ service, region, resource: path, arnFormat: ArnFormat.NO_RESOURCE_NAME }),
      );
      policy.addStatements(new PolicyStatement({ sid, actions: [...actions], resources: arns ?? ['*'] }));
      if (!arns) {
        acknowledgeWildcard(policy, '*', NO_RESOURCES);
      }
      for (const arn of arns?.filter((_, index) => /\*/.test(JSON.stringify(resources?.[index]))) ?? []) {
        acknowledgeWildcard(policy, arn, 'Its Region or ID is not known yet.');
      }
    }
    Validations.of(policy).acknowledge({
      id: 'NIST.800.53.R5-IAMNoInlinePolicy',
      reason: 'It belongs to this one role, for as long as the setting is set.',
    });
    return policy;
  }
}

/** Why a permission is for all resources: the actions support no resource-level permissions. */
const NO_RESOURCES = 'Account-wide actions.';

/**
 * Leaves out that the resource is deleted with the stack and when it is replaced, which is what
 * CloudFormation does anyway.
 */
function useDefaultPolicies({ node }: CustomResource): void {
  if (!CfnResource.isCfnResource(node.defaultChild)) return;
  node.defaultChild.cfnOptions.deletionPolicy = undefined;
  node.defaultChild.cfnOptions.updateReplacePolicy = undefined;
}

/**
 * Code of the function: of the settings, only what serves them is imported, and the check only where there is
 * one.
 */
function entryOf(entry: string, modules: readonly SettingModule[], dailyCheck = false): EntryCode {
  const from = (file: string) => `from ${JSON.stringify(file)};`;
  const names = modules.map(({ setting }) => setting.name).join(', ');
  return {
    contents: [
      `import { serve } ${from(entry)}`,
      ...modules.map(({ file, setting: { name } }) => `import { setting as ${name} } ${from(file)}`),
      ...(dailyCheck ? [`import { withDailyCheck } ${from(join(__dirname, 'with-daily-check'))}`] : []),
      dailyCheck
        ? `exports.handler = withDailyCheck(serve([${names}]));`
        : `exports.handler = serve([${names}]).handler;`,
    ].join('\n'),
    resolveDir: __dirname,
  };
}

/** Events of the daily check, and no others. */
function putEvents(scope: Construct): PolicyStatement {
  return new PolicyStatement({
    sid: 'PutCheckEvents',
    actions: ['events:PutEvents'],
    resources: [
      Stack.of(scope).formatArn({ service: 'events', resource: 'event-bus', resourceName: 'default' }),
    ],
    // One call may put several events, so that these keys have several values; without any, ForAllValues is
    // true.
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
    conditions: {
      'ForAllValues:StringEquals': {
        'events:source': CHECK_SOURCE,
        'events:detail-type': CHECK_DETAIL_TYPE,
      },
      Null: { 'events:source': 'false', 'events:detail-type': 'false' },
    },
  });
}

/** The function of the settings of the account and its Regions. */
export class AccountSettingFunction extends SettingFunction {
  constructor(
    scope: Construct,
    id: string,
    props: Pick<SettingFunctionProps, 'regions' | 'dailyCheck'> = {},
  ) {
    super(scope, id, {
      entry: join(__dirname, './account-settings.handler.ts'),
      description: 'Account settings',
      settings: SETTINGS,
      ...props,
    });
  }
}
