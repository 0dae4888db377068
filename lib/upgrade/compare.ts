import { fullDiff, type ResourceDifference, ResourceImpact } from '@aws-cdk/cloudformation-diff';

/** The parts of a template that matter to an existing stack. */
export interface UpgradeTemplate {
  readonly Metadata?: Readonly<Record<string, unknown>>;
  readonly Parameters?: Readonly<Record<string, unknown>>;
  readonly Resources: Readonly<Record<string, UpgradeResource>>;
}

/** A resource of a template. */
export interface UpgradeResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly [attribute: string]: unknown;
}

/** Templates by stack name. */
export type UpgradeSuite = Readonly<Record<string, UpgradeTemplate>>;

/** What CloudFormation does with a resource. */
export type Effect =
  | 'created'
  /** Changed in place. */
  | 'changed'
  | 'replaced'
  /** Replaced if CloudFormation decides so, which the template does not show. */
  | 'perhaps replaced'
  | 'removed'
  /** Leaves the stack, and stays in the account. */
  | 'kept';

/** A resource that an upgrade changes. */
export interface ResourceChange {
  readonly stackName: string;
  /** Logical ID. */
  readonly id: string;
  /**
   * Name in the account.
   * @default - not read
   */
  readonly physicalId?: string;
  readonly type: string;
  readonly effect: Effect;
  /** Names of the changed properties and attributes. */
  readonly names: readonly string[];
  readonly before?: UpgradeResource;
  readonly after?: UpgradeResource;
  /**
   * What people lose by the change.
   * @default - nothing
   */
  readonly loss?: string;
}

const EFFECTS: Readonly<Record<ResourceImpact, Effect | undefined>> = {
  [ResourceImpact.WILL_CREATE]: 'created',
  [ResourceImpact.WILL_IMPORT]: 'created',
  [ResourceImpact.WILL_UPDATE]: 'changed',
  [ResourceImpact.WILL_REPLACE]: 'replaced',
  [ResourceImpact.MAY_REPLACE]: 'perhaps replaced',
  [ResourceImpact.WILL_DESTROY]: 'removed',
  [ResourceImpact.WILL_ORPHAN]: 'kept',
  [ResourceImpact.NO_CHANGE]: undefined,
};

/** The resources that an upgrade changes, in the order of the stacks. */
export function compareSuites(before: UpgradeSuite, after: UpgradeSuite): ResourceChange[] {
  const NONE: UpgradeTemplate = { Resources: {} };
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((stackName) => {
    const changes = compareTemplates(stackName, before[stackName] ?? NONE, after[stackName] ?? NONE);
    return stackName in after ? changes : changes.map(leftOver);
  });
}

/** The resources of one stack that an upgrade changes. */
export function compareTemplates(
  stackName: string,
  before: UpgradeTemplate,
  after: UpgradeTemplate,
): ResourceChange[] {
  const changes: ResourceChange[] = [];
  fullDiff({ ...before }, { ...after }).resources.forEachDifference((id, difference) => {
    const type = difference.oldResourceType ?? difference.newResourceType ?? '';
    // Metadata is for readers of the template: CloudFormation calls no service for it. But nothing about
    // people may change.
    const names = namesOf(difference).filter((name) => name !== 'Metadata' || type in HARMED_BY_UPDATE);
    // It also reports no impact for types that it does not know, such as those of settings.
    const effect = EFFECTS[difference.changeImpact] ?? 'changed';
    if (effect === 'changed' && names.length === 0) return;
    const change = {
      stackName,
      id,
      type,
      effect,
      names,
      before: before.Resources[id],
      after: after.Resources[id],
    };
    const loss = lossOf(change);
    changes.push(loss === undefined ? change : { ...change, loss });
  });
  // The policy of a secret has no life of its own.
  const removed = changes.flatMap(({ effect, id }) => (effect === 'removed' ? id : []));
  return changes.map((change) =>
    change.effect === 'kept' && removed.includes(secretOf(change))
      ? { ...change, effect: 'removed', loss: LOST.removed }
      : change,
  );
}

/** Logical ID of the secret that a policy is for. */
function secretOf({ before }: ResourceChange): string {
  return (before?.Properties?.['SecretId'] as { Ref?: string } | undefined)?.Ref ?? '';
}

function namesOf({ propertyUpdates, otherChanges }: ResourceDifference): string[] {
  return [...Object.keys(propertyUpdates), ...Object.keys(otherChanges)];
}

/** What holds evidence, people, settings, or subscriptions, and cannot be recovered once it is replaced. */
export const STATEFUL = [
  /^AWS::IAM::(User|Group)$/,
  /^AWS::SecretsManager::(Secret|ResourcePolicy)$/,
  /^AWS::S3::Bucket$/,
  /^AWS::KMS::(Key|Alias)$/,
  /^AWS::Logs::LogGroup$/,
  /^AWS::CloudTrail::Trail$/,
  /^AWS::SNS::(Topic|Subscription)$/,
  /^AWS::NotificationsContacts::EmailContact$/,
  /^AWS::Config::(ConfigurationRecorder|DeliveryChannel)$/,
  /^AWS::GuardDuty::Detector$/,
  /^AWS::SecurityHub::Hub$/,
  // Those of settings: deleting one restores the previous value.
  /^Custom::/,
];

const LOST: Readonly<Partial<Record<Effect, string>>> = {
  replaced: 'would be replaced',
  'perhaps replaced': 'may be replaced',
  removed: 'would be removed',
  kept: 'would be left behind',
};

/**
 * What any update does to people, and to what belongs to a secret. People delete the secrets of first-time
 * passwords, as the outputs tell them to: an update of a deleted one fails, and so does an update of its
 * policy.
 */
const HARMED_BY_UPDATE: Readonly<Record<string, string>> = {
  'AWS::IAM::User': 'would get its first-time password again',
  'AWS::SecretsManager::Secret': 'counts as replaced: it could not be updated if it was deleted as advised',
  'AWS::SecretsManager::ResourcePolicy': 'could not be updated if the secret was deleted as advised',
};

/** A loss only when somebody deletes the stack: the CDK CLI deletes no stack that left the app. */
function leftOver(change: ResourceChange): ResourceChange {
  if (change.loss === undefined) return change;
  const loss =
    change.effect === 'kept'
      ? 'stays, even if you delete the stack'
      : 'stays until you delete the stack, which removes it';
  return { ...change, loss };
}

function lossOf({ type, effect, before, after }: ResourceChange): string | undefined {
  if (!STATEFUL.some((pattern) => pattern.test(type))) return undefined;
  if (effect !== 'changed' || !before || !after) return LOST[effect];
  if (type in HARMED_BY_UPDATE) return HARMED_BY_UPDATE[type];
  const days = daysOf(after);
  if (days < daysOf(before))
    return `would delete what is older than ${days === 1 ? 'a day' : `${days} days`}`;
  const isKept = ({ DeletionPolicy }: UpgradeResource) => /^Retain/.test(String(DeletionPolicy));
  return isKept(before) && !isKept(after) ? 'would no longer stay when its stack is deleted' : undefined;
}

/** Days after which a log group or a bucket deletes what is in it. */
function daysOf({ Properties = {} }: UpgradeResource): number {
  const { RetentionInDays, LifecycleConfiguration } = Properties;
  const { Rules = [] } = (LifecycleConfiguration ?? {}) as { Rules?: { ExpirationInDays?: number }[] };
  const days = [RetentionInDays, ...Rules.map(({ ExpirationInDays }) => ExpirationInDays)];
  return Math.min(...days.filter((one) => typeof one === 'number'));
}
