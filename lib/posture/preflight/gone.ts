import type { BaselineConfig } from '../../config/config';
import { issuersOf } from '../../federation/pipelines/issuers';
import { regionOf, stackNameOf } from '../../stacks/stack-kinds';
import type { StackTemplate } from '../../stacks/templates';
import { comparable } from '../../upgrade/comparable';
import { compareTemplates, type ResourceChange, type UpgradeTemplate } from '../../upgrade/compare';
import { nounOf } from '../../upgrade/words';
import { logGroupName } from '../baseline-parts';
import { counted } from '../checks/check';
import type { Remedy } from '../finding';
import { DELETED_USER, restore } from '../remedies';
import { groupBy } from '../report/group-by';
import type { DeployedStack, Part, Surroundings } from '../snapshot';
import { parametersOf } from '../template-values';
import { type Action, type Entry, notRead } from './plan';

/** A resource of the stacks that does not exist in the account. */
interface Gone {
  readonly stack: DeployedStack;
  readonly logicalId: string;
  readonly type: string;
  readonly id: string;
}

/** Physical IDs by type, from what the snapshot has; undefined if the configuration does not ask for them. */
const LISTED: Readonly<
  Record<string, (surroundings: Surroundings, config: BaselineConfig) => Part<readonly string[]> | undefined>
> = {
  'AWS::IAM::User': ({ people }) =>
    of(people, ({ users }) => users.flatMap(({ UserName }) => UserName ?? [])),
  'AWS::IAM::Group': ({ people }) =>
    of(people, ({ groups }) => groups.flatMap(({ GroupName }) => GroupName ?? [])),
  'AWS::IAM::Role': ({ people }) =>
    of(people, ({ roles }) => roles.flatMap(({ RoleName }) => RoleName ?? [])),
  'AWS::IAM::ManagedPolicy': ({ people }) =>
    of(people, ({ policies }) => policies.flatMap(({ Arn }) => Arn ?? [])),
  'AWS::CloudTrail::Trail': ({ trails }) =>
    of(trails, (all) => all.flatMap(({ trail: { Name = '', TrailARN = '' } }) => [Name, TrailARN])),
  'AWS::KMS::Alias': ({ keyAliases }) => keyAliases,
  'AWS::IAM::SAMLProvider': ({ samlProviders }, { federation }) => federation.saml && samlProviders,
  'AWS::IAM::OIDCProvider': ({ oidcProviders }, config) =>
    issuersOf(config).length > 0 ? oidcProviders : undefined,
  'AWS::Config::ConfigurationRecorder': ({ recorder }) => of(recorder, only),
  'AWS::GuardDuty::Detector': ({ detector }) => of(detector, only),
  'AWS::SecurityHub::Hub': ({ securityHub }) => of(securityHub, only),
};

const only = (id: string | undefined) => (id === undefined ? [] : [id]);

/** People delete the secrets of first-time passwords, as the outputs tell them to. */
const MAY_BE_GONE = ['AWS::SecretsManager::Secret'];

function of<T>(part: Part<T>, ids: (value: T) => readonly string[]): Part<readonly string[]> {
  return 'value' in part ? { value: ids(part.value) } : part;
}

function idsOf(
  surroundings: Surroundings,
  config: BaselineConfig,
  type: string,
): Part<readonly string[]> | undefined {
  return LISTED[type]?.(surroundings, config) ?? surroundings.existing[type];
}

/** Resources of the stacks that somebody deleted outside CloudFormation. */
function goneFrom(surroundings: Surroundings, config: BaselineConfig): Gone[] {
  const { suite } = surroundings;
  if (!('value' in suite)) return [];
  return suite.value.flatMap((stack) =>
    // Calls go to the home Region.
    regionOf(stack.kind, undefined) !== undefined || isLeftover(stack)
      ? []
      : stack.resources.flatMap(
          ({ ResourceType: type = '', PhysicalResourceId: id, LogicalResourceId = '', ResourceStatus }) => {
            const there = idsOf(surroundings, config, type);
            const isKnown = there && 'value' in there && id !== undefined;
            if (!isKnown || MAY_BE_GONE.includes(type) || ResourceStatus === 'DELETE_COMPLETE') return [];
            return there.value.includes(id) ? [] : [{ stack, logicalId: LogicalResourceId, type, id }];
          },
        ),
  );
}

/** The CDK CLI deletes a stack whose first deployment failed, and creates it again. */
const isLeftover = ({ stack: { StackStatus } }: DeployedStack) =>
  StackStatus === 'ROLLBACK_COMPLETE' || StackStatus === 'REVIEW_IN_PROGRESS';

/**
 * Plans what was deleted outside CloudFormation. CloudFormation compares templates, so it creates again only
 * what the template replaces, and it fails to update what no longer exists.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-stack-drift.html
 */
export function planGone(
  surroundings: Surroundings,
  config: BaselineConfig,
  templates: readonly StackTemplate[],
): Entry[] {
  const unread = Object.entries(surroundings.existing).flatMap(([type, part]) =>
    'value' in part ? [] : [notRead(`Every ${nounOf(type)} of the stacks`, part)],
  );
  const gone = goneFrom(surroundings, config);
  const changes = changesOf(gone, surroundings, config, templates);
  const judged = gone.map((one): Judged => {
    const stackName = stackNameOf(config.stackName, one.stack.kind);
    const change = changes.find((other) => other.stackName === stackName && other.id === one.logicalId);
    return { ...one, stackName, ...outcomeOf(change?.effect) };
  });
  const logGroup = logGroupName(surroundings.suite, config);
  const group = 'value' in logGroup ? logGroup.value : '';
  const causes = groupBy(judged, ({ type, id, action }) =>
    // The filters of a log group are deleted with it: one cause.
    type === FILTER ? `${action} ${group}` : `${action} ${id}`,
  );
  const secrets = surroundings.existing['AWS::SecretsManager::Secret'];
  const found = [...causes.values()].flatMap((all) => entryOf(all, group, config.stackName, secrets));
  return [...found, ...unread];
}

/** A resource that is gone, and what a deployment does about it. */
interface Judged extends Gone {
  readonly stackName: string;
  readonly action: Action;
  readonly does: string;
}

const FILTER = 'AWS::Logs::MetricFilter';

/** One line for what was deleted together: a log group and its filters, or a single resource. */
function entryOf(
  all: readonly Judged[],
  logGroup: string,
  prefix: string,
  secrets: Part<readonly string[]> | undefined,
): Entry[] {
  const filters = all.filter(({ type }) => type === FILTER);
  const first = all.find(({ type }) => type !== FILTER) ?? filters[0];
  if (!first) return [];
  const { type, id, action, does, stackName } = first;
  const isAlone = type === FILTER && filters.length > 1;
  const stacks = [...new Set(all.map(({ stack }) => stack))];
  const remedy =
    type === 'AWS::IAM::User' ? DELETED_USER : withOthers(type, restore(stacks, prefix, secrets));
  return [
    {
      what: isAlone
        ? `${filters.length} metric filters of the log group ${logGroup}`
        : `${capitalized(nounOf(type))} ${id}`,
      action,
      why: isAlone
        ? `They are in the stacks, but were deleted outside CloudFormation, perhaps with the log group. ${does}`
        : `It is in the stack ${stackName}, but was deleted outside CloudFormation${type !== FILTER && filters.length > 0 ? `, and with it its ${counted(filters.length, 'metric filter')}` : ''}. ${does}`,
      ...((action === 'gone' || action === 'stop') && { remedy }),
    },
  ];
}

/** What a deployment changes in the stacks that lack something. */
function changesOf(
  gone: readonly Gone[],
  { caller: { account }, region }: Surroundings,
  config: BaselineConfig,
  templates: readonly StackTemplate[],
): ResourceChange[] {
  const written = (template: unknown, parameters?: Readonly<Record<string, string>>) =>
    comparable(template as UpgradeTemplate, { account, region, parameters });
  return [...new Set(gone.map(({ stack }) => stack))].flatMap(({ kind, template, stack }) => {
    const stackName = stackNameOf(config.stackName, kind);
    const next = templates.find((one) => one.stackName === stackName);
    return next
      ? compareTemplates(stackName, written(template, parametersOf(stack)), written(next.template))
      : [];
  });
}

/** A group has policies of several stacks, which go with it and come back with a renamed one. */
function withOthers(type: string, remedy: Remedy): Remedy {
  if (type !== 'AWS::IAM::Group') return remedy;
  return {
    ...remedy,
    text: `If the group was renamed, rename it back with \`aws iam update-group\`: it has its members and policies. ${remedy.text} Run \`npx aws-account-baseline verify\` afterwards: what other stacks wrote into the group is gone, too.`,
  };
}

function outcomeOf(effect: ResourceChange['effect'] | undefined): { action: Action; does: string } {
  if (effect === undefined)
    return {
      action: 'gone',
      does: 'Its part of the template does not change, so a deployment does not create it again.',
    };
  if (effect === 'removed' || effect === 'kept')
    return {
      action: 'skip',
      does: 'The configuration no longer includes it, so the deployment only forgets it.',
    };
  if (effect === 'replaced')
    return { action: 'create', does: 'The deployment creates another one in its place.' };
  return { action: 'stop', does: 'The deployment changes it, and fails because it no longer exists.' };
}

const capitalized = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
