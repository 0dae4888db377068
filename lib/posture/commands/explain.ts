import { closest } from 'fastest-levenshtein';
import { IAMClient } from '@aws-sdk/client-iam';
import type { BaselineConfig } from '../../config/config';
import { ConfiguredStacks } from '../../explain/configured';
import { defaultResource } from '../../explain/default-resource';
import { evaluate } from '../../explain/evaluate';
import { Explainer, type Explanation, keysOf, type Question, type Subject } from '../../explain/explain';
import { withIamAnswer } from '../../explain/iam-answer';
import { knownActions } from '../../explain/known-actions';
import { contextOf } from '../../explain/request';
import { checkAction, QuestionError, similarAction, subjectOf } from '../../explain/subject';
import type { Place, TemplatePolicies } from '../../explain/template-policies';
import type { Clients } from '../clients';
import { readCaller } from '../collect/account';
import { askIam, readPhysicalIds, readPrincipals, readResourcePolicy } from '../collect/explain';
import { renderExplanation } from '../render-explanation';
import { asJson } from '../json';
import { EXIT, UsageError } from './exit-code';
import type { Options } from './options';
import { outputOf } from './output';
import { reading, synthesizing } from './reading';

/** The account for answers without an account: the one in AWS's examples. */
const EXAMPLE_ACCOUNT = '123456789012';
const EXAMPLE_REGION = 'us-east-1';

/** Explains how IAM evaluates a request. */
export async function explainCommand(options: Options, config: BaselineConfig): Promise<number> {
  try {
    checkAction(options.can ?? '', knownActions());
    const stacks = new ConfiguredStacks(config);
    const explained =
      options.template === true
        ? await synthesizing(options, () => fromTemplates(options, config, stacks))
        : await reading(options, config, (clients) => fromAccount(options, stacks, clients));
    const explanation = { ...explained, limits: [...explained.limits, ...misspelled(options.can)] };
    const output = outputOf(options);
    output.print(options.json === true ? asJson(explanation) : renderExplanation(explanation, output));
    return explanation.decision === 'allowed' ? EXIT.ok : EXIT.failed;
  } catch (error) {
    if (error instanceof QuestionError) throw new UsageError(error.message);
    throw error;
  }
}

function misspelled(action = ''): string[] {
  const similar = similarAction(action, knownActions());
  return similar === undefined
    ? []
    : [`${action} may be misspelled: IAM allows and denies any name. Did you mean ${similar}?`];
}

/**
 * Explains by the templates of the configuration, without an account.
 *
 * @throws {QuestionError} if nobody has the name, or the templates alone cannot answer
 */
export function fromTemplates(
  options: Options,
  config: BaselineConfig,
  stacks: ConfiguredStacks,
): Explanation {
  const region = options.region ?? config.region ?? EXAMPLE_REGION;
  const place = { account: accountIn(options), partition: partitionOf(region), region };
  const policies = stacks.policies(place);
  const question = questionOf(options, policies, { ...place, stackName: config.stackName });
  const explained = attempt(() => new Explainer(policies).explain(question));
  if ('value' in explained) return explained.value;
  throw new QuestionError(
    `The templates alone cannot answer this: ${explained.unknown}. Leave out --template to ask IAM.`,
  );
}

/** The account of an ARN in the options. */
function accountIn({ as = '', on = '' }: Options): string {
  const [account] = [as, on].flatMap((arn) => /^arn:[^:]+:[^:]+:[^:]*:(\d{12}):/.exec(arn)?.[1] ?? []);
  return account ?? EXAMPLE_ACCOUNT;
}

function partitionOf(region: string): string {
  return region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

/**
 * Explains by the policies that the account has, and asks IAM.
 *
 * @throws {CallFailed} without the permissions
 * @throws {QuestionError} if nobody has the name
 */
export async function fromAccount(
  options: Options,
  stacks: ConfiguredStacks,
  clients: Clients,
): Promise<Explanation> {
  const { account, partition } = await readCaller(clients);
  const [{ principals, trust }, physical, region] = await Promise.all([
    readPrincipals(clients),
    readPhysicalIds(clients, stacks.stackNames),
    clients.get(IAMClient).config.region(),
  ]);
  const place = { account, partition, region };
  const { names, resources } = stacks.policies(place, physical);
  const known = { names, resources, principals, resource: trust };
  const question = questionOf(options, known, { ...place, stackName: '' });
  const { resource } = question;
  const found = await readResourcePolicy(clients, resource);
  const policies = {
    ...known,
    resource: new Map([
      ...trust,
      ...('value' in found && found.value ? [[bucketOf(resource), found.value] as const] : []),
    ]),
  };
  const explainer = new Explainer(policies, 'iam');
  const ours = attempt(() => explainer.explain(question));
  const explained = 'value' in ours ? ours.value : explainer.unexplained(question, ours.unknown);
  const limits =
    'unknown' in found
      ? [...explained.limits, `The policy of the resource could not be read: ${found.unknown}.`]
      : explained.limits;
  const simulated = principals.find(({ arn }) => arn === question.subject.arn);
  // No policy of the account limits root, and services have none: IAM simulates neither.
  if (!simulated) {
    if ('unknown' in ours) throw new QuestionError(`Nothing can answer this: ${ours.unknown}`);
    return { ...explained, limits };
  }
  const context = keysOf(question);
  const iam = await askIam(clients, { ...question, policySource: simulated.policySource, context });
  const own = attempt(
    () =>
      evaluate(
        { ...question, principal: simulated.arn, account, context: contextOf(context) },
        simulated.policies,
      ).allowed,
  );
  const isDenial = explained.decidedBy.some(({ effect }) => effect === 'Deny');
  // A denial is certain, whatever else IAM would allow: that of the resource's policy it was not given.
  const ownAllow = isDenial ? iam.allowed : 'value' in ours && 'value' in own ? own.value : undefined;
  return withIamAnswer({ ...explained, limits }, ownAllow, iam);
}

/** The result, or why there is none. */
function attempt<T>(action: () => T): { readonly value: T } | { readonly unknown: string } {
  try {
    return { value: action() };
  } catch (error) {
    return { unknown: error instanceof Error ? error.message : String(error) };
  }
}

/** The policy of a bucket is for its objects too. */
function bucketOf(arn: string): string {
  return /^arn:[^:]+:s3:::/.test(arn) ? (arn.split('/')[0] ?? arn) : arn;
}

function questionOf(options: Options, policies: TemplatePolicies, place: Place): Question {
  const { as = '', can = '', on, from, withoutMfa, withAccessKey, throughCloudformation } = options;
  const subject = subjectOf(as, policies, place, options.config);
  refuseMfaOf(subject, options);
  const resource = on === undefined ? defaultResource(can, subject, policies) : resourceOf(on, policies);
  return {
    subject,
    authentication: withAccessKey === true ? 'access-key' : withoutMfa === true ? 'password' : 'mfa',
    action: can,
    resource,
    isDefaultResource: on === undefined,
    account: /^arn:[^:]+:[^:]+:[^:]*:(\d{12}):/.exec(resource)?.[1] ?? place.account,
    region: place.region,
    sourceIp: from,
    throughCloudFormation: throughCloudformation === true,
  };
}

/** MFA is for users: a role requires it of those who assume it, and its sessions do not record it. */
function refuseMfaOf({ kind, name }: Subject, { withoutMfa, withAccessKey }: Options): void {
  if ((kind !== 'role' && kind !== 'service') || (withoutMfa !== true && withAccessKey !== true)) return;
  const option = withoutMfa === true ? '--without-mfa' : '--with-access-key';
  throw new UsageError(
    kind === 'role'
      ? `${option} is for users: a session of the role ${name} carries no MFA. Ask who may assume it: --as <user> --can sts:AssumeRole --on <ARN of ${name}> ${option}`
      : `${option} is for users; received the service ${name}`,
  );
}

/** An ARN, `*`, or a logical ID of the templates, with or without a path. */
function resourceOf(on: string, { resources }: TemplatePolicies): string {
  if (on === '*' || /^arn:(?:[^:]*:){4}./.test(on)) return on;
  const [id = '', ...path] = on.split('/');
  const found = resources.find((one) => one.id === id);
  if (found) return [found.arn, ...path].join('/');
  throw new UsageError(
    `--on must be an ARN, * or a logical ID of the templates, such as ${closest(
      id,
      resources.map((one) => one.id),
    )}; received "${on}"`,
  );
}
