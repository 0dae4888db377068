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
import type { Construct, IConstruct } from 'constructs';
import { z } from 'zod';
import { accountSettings } from '../config/sections/account-settings';
import { flag, list } from '../fields/basics';
import { checkProps } from '../fields/check-props';
import { matching } from '../fields/text';
import type { SettingModule } from './setting';
import { SETTINGS } from './settings';
import { CHECK_SOURCE } from './daily-check';
import { PARAMETER_PATH } from './parameter-path';
import { type EntryCode, InlineFunction, isOwn, sourceOf } from '../functions/inline-function';
import { onlyOnce } from '../functions/only-once';
import { acknowledgeWildcard } from '../functions/nag-suppressions';

/** Desired value of a setting, and what happens to it on removal. */
export interface SettingProps {
  /**
   * Construct ID.
   * @default - the name of the setting
   */
  readonly id?: string;
  /**
   * Desired value. A setting of your own needs it unless it implements `desired`.
   * @default - the value that `desired` returns
   */
  readonly value?: object | string;
  /**
   * Whether the value can be weaker than the previous one.
   * @default false
   */
  readonly allowWeaker?: boolean;
  /**
   * Keeps the setting when the resource is deleted, instead of restoring the previous value.
   * @default false
   */
  readonly retain?: boolean;
}

/** Properties of `SettingFunction`. */
export interface SettingFunctionProps {
  /** TypeScript file that exports `serve`, which returns the provider for a list of settings. */
  readonly entry: string;
  /** What the function is for, as the console shows it. */
  readonly description: string;
  /**
   * The settings that it can apply. It gets only the permissions of settings that are used.
   * @default - those of the baseline in an `AccountSettingFunction`; yours replace them
   */
  readonly settings: readonly SettingModule[];
  /**
   * Regions for settings that are not account-wide.
   * @default - all enabled Regions
   */
  readonly regions?: readonly string[];
  /**
   * Checks the settings once a day, reapplies any that have changed, and puts an event for each on the
   * default event bus: see {@link CheckDetail}.
   * @default false
   */
  readonly dailyCheck?: boolean;
}

/**
 * A function for custom resources that set account settings without a CloudFormation resource type.
 */
export class SettingFunction extends InlineFunction {
  /** Event of the daily check: names of the settings that it covers. */
  private readonly checks: string[] = [];
  /** Regions of the settings that are not account-wide; if undefined, all enabled Regions. */
  readonly regions: readonly string[] | undefined;
  /** Settings that its code contains. */
  private readonly settings: readonly SettingModule[];

  constructor(scope: Construct, id: string, props: SettingFunctionProps) {
    const { entry, description, settings, regions, dailyCheck } = props;
    const rules = accountSettings.unwrap().shape;
    checkProps({ settings: modules(), regions: rules.regions, dailyCheck: rules.dailyCheck }, props);
    const findsRegions = !regions && settings.some(({ setting }) => setting.scope === 'Region');
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
        ...(findsRegions
          ? [
              // The action has no resource-level permissions.
              new PolicyStatement({
                sid: 'FindRegions',
                actions: ['ec2:DescribeRegions'],
                resources: ['*'],
              }),
            ]
          : []),
        ...(dailyCheck ? [putEvents(scope)] : []),
      ],
      // Seventeen Regions in parallel, more if others are enabled, and clients that load slowly.
      memorySize: 512,
      timeout: Duration.minutes(5),
    });
    this.regions = regions;
    this.settings = settings;
    acknowledgeWildcard(
      this.executionRole,
      parameters,
      'One parameter per setting, including disabled ones.',
    );
    if (findsRegions) {
      acknowledgeWildcard(this.executionRole, '*', NO_RESOURCES);
    }
    if (!dailyCheck) return;
    new Rule(this, 'Daily', {
      description: 'Checks the account settings and reapplies those that have changed',
      schedule: Schedule.rate(Duration.days(1)),
      targets: [
        new LambdaFunction(this, {
          event: RuleTargetInput.fromObject({
            Check: Lazy.any({ produce: () => this.checks }),
            Stack: Stack.of(this).stackId,
          }),
        }),
      ],
    });
  }

  /**
   * Creates the resource of a setting, with the permissions that it needs until it is restored.
   *
   * @param module one of the function's settings
   */
  set(scope: Construct, module: SettingModule, props: SettingProps = {}): CustomResource {
    const { setting, permissions } = module;
    const { id = setting.name, value, allowWeaker, retain } = props;
    checkProps({ allowWeaker: flag().optional(), retain: flag().optional() }, props);
    if (!this.settings.some((one) => one.setting === setting)) {
      const names = this.settings.map((one) => one.setting.name).join(', ');
      throw new Error(`handler must serve ${setting.name}, got one of ${names}: list it in settings`);
    }
    // The package leaves out `desired` of its own settings.
    if (value === undefined && (allowWeaker || (isOwn(module.file) && !setting.desired))) {
      throw new Error(`value of ${setting.name} must be given, got undefined`);
    }
    const resourceType = `Custom::${setting.name}`;
    // The record of the previous value is in the home Region, and restoring one would undo the other.
    onlyOnce(scope, [resourceType], typeOf, module.mayRepeat ? undefined : 'account');
    const properties = {
      // As JSON, because CloudFormation converts numbers and booleans to strings.
      Value: value === undefined ? undefined : Stack.of(this).toJsonString(value),
      AllowWeaker: allowWeaker ? true : undefined,
      Regions: setting.scope === 'Region' ? this.regions?.join(' ') : undefined,
    };
    if (!this.checks.includes(setting.name)) this.checks.push(setting.name);
    const resource = new CustomResource(scope, id, {
      serviceToken: this.functionArn,
      resourceType,
      // The default is an hour, which a function that never responds would use up.
      serviceTimeout: Duration.minutes(6),
      properties,
    });
    if (retain) resource.applyRemovalPolicy(RemovalPolicy.RETAIN);
    else useDefaultPolicies(resource);
    // A resource without permissions of its own depends on one that has them.
    if (permissions.length === 0) return resource;
    // CloudFormation deletes the resource before its dependencies, so its Delete still has the permissions.
    resource.node.addDependency(this.permit(scope, `${id === 'Resource' ? '' : id}Permissions`, module));
    return resource;
  }

  private permit(scope: Construct, id: string, { permissions, file }: SettingModule): Policy {
    const policy = new Policy(scope, id, { roles: [this.executionRole] });
    for (const { sid, actions, resources, conditions } of permissions) {
      const arns = resources?.map(({ service, region, path }) =>
        // The path already contains the separator.
        Stack.of(this).formatArn({ service, region, resource: path, arnFormat: ArnFormat.NO_RESOURCE_NAME }),
      );
      policy.addStatements(
        new PolicyStatement({ sid, actions: [...actions], resources: arns ?? ['*'], conditions }),
      );
      if (!arns) {
        acknowledgeWildcard(policy, '*', isOwn(file) ? 'The setting names no resources.' : NO_RESOURCES);
      }
      for (const arn of arns?.filter((_, index) => /\*/.test(JSON.stringify(resources?.[index]))) ?? []) {
        acknowledgeWildcard(policy, arn, 'Its Region or ID is not known yet.');
      }
    }
    Validations.of(policy).acknowledge({
      id: 'NIST.800.53.R5-IAMNoInlinePolicy',
      reason: 'The policy is specific to this role, and is deleted with the setting.',
    });
    return policy;
  }
}

/** Settings, for `checkProps`. Their names are those of variables, types, and parameters. */
const modules = () =>
  list(
    z.object({
      setting: z.object({
        name: matching(
          /^[A-Z][A-Za-z\d]{0,51}$/,
          'must be 1 to 52 letters and digits, the first in upper case',
        ),
      }),
    }),
    'settings',
  ).refine((all) => new Set(all.map(({ setting }) => setting.name)).size === all.length, {
    error: 'must have different names',
  });

/** Type of a custom resource. */
function typeOf(one: IConstruct): string | false {
  const { defaultChild } = one.node;
  return (
    one instanceof CustomResource && CfnResource.isCfnResource(defaultChild) && defaultChild.cfnResourceType
  );
}

/** Reason for a permission on all resources. */
const NO_RESOURCES = 'No resource-level permissions.';

/**
 * Removes the explicit deletion and replacement policies, because they are CloudFormation's defaults.
 */
function useDefaultPolicies({ node }: CustomResource): void {
  if (!CfnResource.isCfnResource(node.defaultChild)) return;
  node.defaultChild.cfnOptions.deletionPolicy = undefined;
  node.defaultChild.cfnOptions.updateReplacePolicy = undefined;
}

/**
 * Code of the function. It imports only `setting` of each module, and the daily check only if it is enabled.
 */
function entryOf(entry: string, modules: readonly SettingModule[], dailyCheck = false): EntryCode {
  const from = (file: string) => `from ${JSON.stringify(sourceOf(file))};`;
  // One on each line, where people read it.
  const names = modules.map(({ setting }) => `\n${setting.name},`).join('');
  return {
    contents: [
      `import { serve } ${from(entry)}`,
      ...modules.map(({ file, setting: { name } }) => `import { setting as ${name} } ${from(file)}`),
      ...(dailyCheck ? [`import { withDailyCheck } ${from(join(__dirname, 'with-daily-check.ts'))}`] : []),
      dailyCheck
        ? `exports.handler = withDailyCheck(serve([${names}]));`
        : `exports.handler = serve([${names}]).handler;`,
    ].join('\n'),
  };
}

/** Allows events of the daily check only. */
function putEvents(scope: Construct): PolicyStatement {
  return new PolicyStatement({
    sid: 'PutCheckEvents',
    actions: ['events:PutEvents'],
    resources: [
      Stack.of(scope).formatArn({ service: 'events', resource: 'event-bus', resourceName: 'default' }),
    ],
    // One call can put several events, so the key has several values. ForAllValues is true if the key is
    // missing; Null prevents that.
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
    conditions: {
      'ForAllValues:StringEquals': { 'events:source': CHECK_SOURCE },
      Null: { 'events:source': 'false' },
    },
  });
}

/**
 * The function for settings of the account and its Regions.
 * @example
 * const handler = new AccountSettingFunction(this, 'Function', { regions: ['eu-central-1'] });
 * new AccountSettings(this, 'Settings', { handler });
 */
export class AccountSettingFunction extends SettingFunction {
  constructor(
    scope: Construct,
    id: string,
    props: Pick<SettingFunctionProps, 'regions' | 'dailyCheck'> &
      Partial<Pick<SettingFunctionProps, 'settings'>> = {},
  ) {
    super(scope, id, {
      entry: join(__dirname, './account-settings.handler.ts'),
      description: 'Account settings',
      settings: SETTINGS,
      ...props,
    });
  }
}
