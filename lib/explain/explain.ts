import {
  type Evaluation,
  evaluate,
  type Policy,
  type Request,
  type Stage,
  type TracedStatement,
} from './evaluate';
import { defaultResource } from './default-resource';
import { type ContextKeys, callerKeys, contextOf } from './request';
import { resourcePolicyOf, type TemplatePolicies } from './template-policies';
import { metWords, unmetWords } from './words';

/** Who makes a request. */
export interface Subject {
  readonly kind: 'root' | 'user' | 'group' | 'role' | 'service';
  /** Name, such as `alice`. */
  readonly name: string;
  /** ARN, or the name of a service. */
  readonly arn: string;
  /** Groups of a user. */
  readonly groups: readonly string[];
  readonly policies: readonly Policy[];
  /** Name of the session of a role. @default - any */
  readonly session?: string;
}

/**
 * How a user was authenticated:
 * - `mfa`: signed in with MFA, or with a session token that was requested with MFA
 * - `password`: signed in without MFA
 * - `access-key`: with a long-term access key alone
 */
export type Authentication = 'mfa' | 'password' | 'access-key';

/** A request to explain. */
export interface Question {
  readonly subject: Subject;
  /** Of users, and of root. Sessions of roles and services have no MFA. */
  readonly authentication: Authentication;
  readonly action: string;
  /** ARN, or `*` if the action has no resource. */
  readonly resource: string;
  /** Whether nobody gave the resource. */
  readonly isDefaultResource: boolean;
  /** Account that the resource belongs to. */
  readonly account: string;
  readonly region: string;
  /** Address of the caller. @default - not known */
  readonly sourceIp?: string;
  /** Whether CloudFormation makes the request with the caller's permissions. */
  readonly throughCloudFormation: boolean;
}

/** A step of the evaluation. */
export interface Step {
  readonly name: string;
  readonly text: string;
  /** `info` if the evaluation continues; otherwise the decision. */
  readonly result: 'info' | 'allowed' | 'denied';
}

/** A statement that decides. */
interface DecidingStatement {
  readonly policy: string;
  /** Sid, or its number. */
  readonly statement: string;
  readonly effect: 'Allow' | 'Deny';
}

/** Why a request is allowed or denied. */
export interface Explanation {
  readonly decision: 'allowed' | 'denied';
  /** Who decided: IAM, or the policies of the templates alone. */
  readonly source: 'iam' | 'templates';
  readonly request: {
    /** ARN of the principal, or name of the service. */
    readonly principal: string;
    readonly authentication: Authentication | 'session' | 'service';
    readonly action: string;
    readonly resource: string;
    readonly isDefaultResource: boolean;
    /** Condition keys that the request has. */
    readonly context: ContextKeys;
  };
  /** In the order of IAM, up to the one that decides. */
  readonly steps: readonly Step[];
  readonly decidedBy: readonly DecidingStatement[];
  /** What would change the decision. */
  readonly changes: readonly string[];
  /** What is not part of the answer. */
  readonly limits: readonly string[];
}

const CLOUDFORMATION = 'cloudformation.amazonaws.com';
/** What deploys. */
const DEPLOYING = 'cloudformation:ExecuteChangeSet';

/** How people are authenticated, as a phrase. */
const AUTHENTICATED: Readonly<Record<Authentication, string>> = {
  mfa: 'signed in with MFA',
  password: 'signed in without MFA',
  'access-key': 'with a long-term access key, which carries no MFA',
};

/**
 * The condition keys that IAM knows of a request.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function keysOf(question: Question, now = new Date()): ContextKeys {
  const { subject, region, sourceIp, throughCloudFormation } = question;
  return {
    ...callerKeys(subject.arn, subject.session),
    ...sessionKeys(question),
    // We found no description of whether CloudFormation passes MFA on. No statement may depend on it.
    ...(throughCloudFormation ? {} : mfaKeys(question)),
    ...(throughCloudFormation
      ? {
          'aws:ViaAWSService': 'true',
          'aws:CalledVia': [CLOUDFORMATION],
          'aws:CalledViaFirst': CLOUDFORMATION,
          'aws:CalledViaLast': CLOUDFORMATION,
        }
      : { 'aws:ViaAWSService': 'false' }),
    ...(sourceIp === undefined ? {} : { 'aws:SourceIp': sourceIp }),
    'aws:SecureTransport': 'true',
    'aws:RequestedRegion': region,
    'aws:CurrentTime': `${now.toISOString().slice(0, 19)}Z`,
    'aws:EpochTime': String(Math.floor(now.getTime() / 1000)),
  };
}

/**
 * What a person who assumes a role sets for the session. The console gives it the name of the user, as the
 * profiles in docs/roles.md do.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#ck_rolesessionname
 */
function sessionKeys(question: Question): ContextKeys {
  const name = sessionName(question);
  if (name === undefined) return {};
  return question.action === 'sts:AssumeRole'
    ? { 'sts:RoleSessionName': name }
    : { 'sts:SourceIdentity': name };
}

/** Name that a person gives to the session or its source identity; undefined if the action has none. */
function sessionName({ subject: { kind, name }, action }: Question): string | undefined {
  const isPerson = kind === 'user' || kind === 'group';
  if (!isPerson || !['sts:AssumeRole', 'sts:SetSourceIdentity'].includes(action)) return undefined;
  return kind === 'user' ? name : 'anyone';
}

function mfaKeys({ subject: { kind }, authentication }: Question): ContextKeys {
  // Sessions of roles do not record MFA; trust policies can require it.
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html
  if (kind === 'role' || kind === 'service' || authentication === 'access-key') return {};
  return authentication === 'mfa'
    ? { 'aws:MultiFactorAuthPresent': 'true', 'aws:MultiFactorAuthAge': '60' }
    : { 'aws:MultiFactorAuthPresent': 'false' };
}

/** Explains a request by the policies of a principal and of the resource. */
export class Explainer {
  /**
   * @param policies of the resources, the roles that people may assume, and the prefix of the stacks
   * @param source where the policies come from
   */
  constructor(
    private readonly policies: Pick<TemplatePolicies, 'names' | 'principals' | 'resource'>,
    private readonly source: Explanation['source'] = 'templates',
  ) {}

  /** A request whose policies cannot be evaluated here, without an answer. */
  unexplained(question: Question, why: string): Explanation {
    return {
      decision: 'denied',
      source: this.source,
      request: requestOf(question),
      steps: requestSteps(question),
      decidedBy: [],
      changes: [],
      limits: [
        ...limitsOf(question, this.policies, this.source),
        `The policies could not be explained: ${why}.`,
      ],
    };
  }

  /** @throws {Error} if a policy cannot be evaluated */
  explain(question: Question): Explanation {
    const evaluation = this.evaluate(question);
    const first = question.throughCloudFormation ? this.deployment(question) : undefined;
    const denied = first && !first.allowed;
    const decisive = denied ? this.deploying(question) : question;
    return {
      decision: evaluation.allowed && !denied ? 'allowed' : 'denied',
      source: this.source,
      request: requestOf(question),
      steps: [
        ...requestSteps(question),
        ...(denied
          ? [
              {
                name: 'CloudFormation',
                text: sentence(denialWords(first, decisive, DEPLOYING)),
                result: 'denied' as const,
              },
            ]
          : stageSteps({
              evaluation,
              question,
              ofResource: resourcePolicyOf(this.policies, question),
              source: this.source,
            })),
      ],
      decidedBy: (denied ? first : evaluation).deciding.map(({ policy, statement, effect }) => ({
        policy,
        statement,
        effect,
      })),
      changes: this.changes(decisive, denied ? first : evaluation),
      limits: limitsOf(question, this.policies, this.source),
    };
  }

  private evaluate(question: Question): Evaluation {
    const { subject, action, resource, account } = question;
    const ofResource = resourcePolicyOf(this.policies, { action, resource });
    const request: Request = {
      principal: subject.arn,
      session: subject.session,
      action,
      resource,
      account,
      context: contextOf(keysOf(question)),
    };
    return evaluate(request, [...subject.policies, ...(ofResource ? [ofResource] : [])]);
  }

  /** Whether the caller may deploy with CloudFormation at all. */
  private deployment(question: Question): Evaluation {
    return this.evaluate(this.deploying(question));
  }

  private deploying(question: Question): Question {
    const { subject } = question;
    const resource = defaultResource(DEPLOYING, subject, { names: this.policies.names, resources: [] });
    return { ...question, throughCloudFormation: false, action: DEPLOYING, resource };
  }

  /** Names of the roles that a person can assume with MFA, and whose sessions are allowed the request. */
  private rolesFor(question: Question): string[] {
    return this.policies.principals.flatMap((role) => {
      if (role.kind !== 'role') return [];
      try {
        const assume = {
          ...question,
          authentication: 'mfa' as const,
          throughCloudFormation: false,
          action: 'sts:AssumeRole',
          resource: role.arn,
        };
        const asRole = { ...question, subject: { ...role, session: question.subject.name } };
        return this.evaluate(assume).allowed && this.isAllowed(asRole) ? [role.name] : [];
      } catch {
        // A role that is not ours may have a policy that cannot be evaluated here.
        return [];
      }
    });
  }

  private isAllowed(question: Question): boolean {
    return (
      this.evaluate(question).allowed &&
      (!question.throughCloudFormation || this.deployment(question).allowed)
    );
  }

  /** What would change the answer: other circumstances, or else another policy. */
  private changes(question: Question, { allowed, deciding, stage }: Evaluation): string[] {
    const { subject, authentication, throughCloudFormation: isThrough } = question;
    const isPerson = subject.kind === 'user' || subject.kind === 'group';
    const isAllowed = (change: Partial<Question>) => this.isAllowed({ ...question, ...change });
    if (allowed) {
      if (!isPerson || authentication !== 'mfa' || isThrough) return [];
      const without = this.evaluate({ ...question, authentication: 'password' });
      return without.allowed ? [] : [`Without MFA it is denied${byWhich(without)}.`];
    }
    const found = [
      isPerson && authentication === 'access-key' && isAllowed({ authentication: 'password' })
        ? ['Sign in to the console instead of using an access key.']
        : isPerson && authentication !== 'mfa' && isAllowed({ authentication: 'mfa' })
          ? ['Sign in with MFA.']
          : [],
      !isThrough && isAllowed({ throughCloudFormation: true })
        ? ['Change the configuration and deploy it: through CloudFormation it is allowed.']
        : [],
      isPerson &&
      authentication !== 'mfa' &&
      !isThrough &&
      !isAllowed({ authentication: 'mfa' }) &&
      isAllowed({ authentication: 'mfa', throughCloudFormation: true })
        ? ['Sign in with MFA, change the configuration, and deploy it: through CloudFormation it is allowed.']
        : [],
    ].flat();
    if (found.length > 0) return found;
    const byRole = isPerson ? this.changesByRole(question) : undefined;
    if (byRole !== undefined) return [byRole];
    const withMfa = this.evaluate({ ...question, authentication: 'mfa' });
    return isPerson && authentication !== 'mfa' && stage === 'deny' && withMfa.stage !== 'deny'
      ? ['Sign in with MFA.', otherPolicy(question, withMfa.stage, withMfa.deciding)]
      : [otherPolicy(question, stage, deciding)];
  }

  /** The role to assume, if that is enough. */
  private changesByRole(question: Question): string | undefined {
    const first = question.authentication === 'mfa' ? 'Assume' : 'Sign in with MFA, and assume';
    const direct = this.rolesFor(question);
    if (direct.length > 0) return `${first} the role ${direct.join(' or ')}, which is allowed to.`;
    const deploys = question.throughCloudFormation
      ? []
      : this.rolesFor({ ...question, throughCloudFormation: true });
    return deploys.length > 0
      ? `${first} the role ${deploys.join(' or ')}, change the configuration, and deploy it: through CloudFormation it is allowed.`
      : undefined;
  }
}

function otherPolicy(
  { subject, action, resource }: Question,
  stage: Stage,
  deciding: readonly TracedStatement[],
): string {
  const allow = `allows ${action} on ${resource}`;
  switch (stage) {
    case 'deny':
      return `No other policy can help: change the statement ${deciding.map(({ statement, policy }) => `${statement} in the ${policy}`).join(', and ')}.`;
    case 'scp':
    case 'rcp':
      return `The organization must change its policy so that it ${allow}.`;
    case 'resource':
      return `Add a statement that names ${subject.name} and ${allow} to the policy of the resource.`;
    case 'identity':
      return `Add a statement that ${allow} to a policy of ${subject.name}.`;
    case 'boundary':
      return `Add a statement that ${allow} to the permissions boundary of ${subject.name}.`;
    case 'session':
      return `Start a session whose policy ${allow}.`;
  }
}

function requestOf(question: Question): Explanation['request'] {
  const { subject, authentication, action, resource, isDefaultResource } = question;
  return {
    principal: subject.arn,
    authentication:
      subject.kind === 'service' ? 'service' : subject.kind === 'role' ? 'session' : authentication,
    action,
    resource,
    isDefaultResource,
    context: keysOf(question),
  };
}

function requestSteps(question: Question): Step[] {
  const { subject, action, resource, isDefaultResource, region, sourceIp, throughCloudFormation } = question;
  const sessionNamed = sessionName(question);
  const info = (name: string, text: string): Step => ({ name, text: sentence(text), result: 'info' });
  return [
    info('Principal', principalWords(question)),
    info('Action', action),
    info(
      'Resource',
      resource === '*'
        ? `all resources (*)${isDefaultResource ? '; name one with --on if the action has one' : ''}`
        : `${resource}${isDefaultResource ? ' (chosen for the action; name another with --on)' : ''}`,
    ),
    info(
      'Environment',
      [
        throughCloudFormation
          ? `CloudFormation calls for ${subject.name}`
          : subject.kind === 'service'
            ? 'the service calls'
            : 'a direct call',
        `Region ${region}`,
        sourceIp === undefined ? 'address not given' : `from ${sourceIp}`,
        'with TLS',
        ...(sessionNamed === undefined ? [] : [`the session has the name ${sessionNamed}`]),
      ].join(', '),
    ),
  ];
}

function principalWords({ subject, authentication }: Question): string {
  const { kind, name, groups, session } = subject;
  switch (kind) {
    case 'root':
      return `the root user, ${AUTHENTICATED[authentication]}`;
    case 'service':
      return `the AWS service ${name}, with no policies of its own`;
    case 'role':
      return `${session === undefined ? 'a session' : `the session ${session}`} of the role ${name}. It carries no MFA: the trust policy decides who gets one`;
    case 'group':
      return `any member of the group ${name}, ${AUTHENTICATED[authentication]}`;
    case 'user': {
      const of = groups.length > 0 ? ` of the group ${groups.join(' and ')}` : ' in no group';
      return `the user ${name}${of}, ${AUTHENTICATED[authentication]}`;
    }
  }
}

/** What the words of a step come from. */
interface Facts {
  readonly evaluation: Evaluation;
  readonly question: Question;
  /** The policy of the resource. @default - none is known */
  readonly ofResource?: Policy;
  readonly source: Explanation['source'];
}

const STAGES: readonly (readonly [
  name: string,
  stages: readonly Stage[],
  words: (facts: Facts) => string,
])[] = [
  ['Explicit denials', ['deny'], denialsWords],
  [
    'Organization',
    ['rcp', 'scp'],
    ({ source }) =>
      source === 'iam'
        ? 'IAM takes the service control policies into account'
        : 'its policies (SCP, RCP) are not known here',
  ],
  ['Resource policy', ['resource'], resourceWords],
  ['Identity policies', ['identity'], identityWords],
  ['Boundary, session', ['boundary', 'session'], limitWords],
];

/** The steps of the policies, up to the one that decides. */
function stageSteps(facts: Facts): Step[] {
  const { stage, allowed } = facts.evaluation;
  const steps: Step[] = [];
  for (const [name, stages, words] of STAGES) {
    steps.push({ name, text: sentence(words(facts)), result: 'info' });
    // What an identity policy allows is not the end: the boundary and the session must allow it too.
    if (stages.includes(stage) && (!allowed || stage === 'resource')) break;
  }
  const last = steps.pop();
  return last ? [...steps, { ...last, result: allowed ? 'allowed' : 'denied' }] : steps;
}

function denialsWords({ evaluation, question }: Facts): string {
  return evaluation.stage === 'deny'
    ? denialWords(evaluation, question)
    : missedDenials(evaluation.statements);
}

function denialWords({ deciding, allowed, stage }: Evaluation, question: Question, what = 'it'): string {
  if (allowed) return '';
  if (stage !== 'deny')
    return `${question.subject.name} may not call ${question.action}, which a deployment needs`;
  const context = contextOf(keysOf(question));
  const [first, ...others] = deciding;
  if (!first) return '';
  const because = metWords(first, context);
  return [
    `${statementWords(first)} denies ${what}${because.length > 0 ? `, because ${because.join(', and ')}` : ''}`,
    ...(others.length > 0
      ? [`${others.length > 1 ? 'so do' : 'so does'} ${others.map(({ statement }) => statement).join(', ')}`]
      : []),
    'a denial overrides every allow',
  ].join('; ');
}

/** The denials that nearly apply. */
function missedDenials(statements: readonly TracedStatement[]): string {
  const denials = statements.filter(({ effect }) => effect === 'Deny');
  if (denials.length === 0) return 'none';
  const near = denials.flatMap(({ statement, mismatch }) =>
    mismatch?.element === 'Condition' ? [`${statement} does not: ${unmetWords(mismatch.condition)}`] : [],
  );
  return [`none of ${denials.length} applies`, ...near].join('. ');
}

function resourceWords({ evaluation, question, ofResource }: Facts): string {
  const { statements, stage, allowed } = evaluation;
  const isDecisive = stage === 'resource';
  if (!ofResource) {
    return isDecisive
      ? `no policy of the resource is known that allows ${question.subject.name} to use it`
      : WITH_POLICIES.test(question.action)
        ? 'that of this resource is not known'
        : 'none';
  }
  const allowing = statements.filter(
    ({ kind, effect, mismatch }) => kind === 'resource' && effect === 'Allow' && !mismatch,
  );
  const first = allowing.find(({ principal }) => principal !== 'account') ?? allowing[0];
  if (first) {
    const isDirect = first.principal !== 'account';
    return `${statementWords(first)} ${isDirect ? 'allows it' : 'leaves the decision to the policies of the account'}`;
  }
  const near = nearWords(statements, 'resource');
  return [
    `the ${ofResource.name} does not allow it, ${isDecisive && !allowed ? 'and must' : 'and need not'}`,
    ...(isDecisive ? near : []),
  ].join('. ');
}

function identityWords({
  evaluation: { allowed, statements },
  question: { subject, action },
}: Facts): string {
  if (subject.kind === 'root') return 'root needs none: it may do everything';
  const own = statements.filter(({ kind, effect }) => kind === 'identity' && effect === 'Allow');
  const granted = own.find(({ mismatch }) => !mismatch);
  if (granted) return `${statementWords(granted)} allows it`;
  if (allowed) return 'the resource policy is enough';
  if (own.length === 0) return `${subject.name} has no policy that allows anything`;
  const other = own.find(({ mismatch }) => mismatch?.element === 'Resource');
  return [
    `no statement allows ${action}${other ? ` on this resource; ${statementWords(other)} allows it on others` : ''}`,
    ...nearWords(statements, 'identity'),
  ].join('. ');
}

/** The statements that would allow a request, if it met their conditions. */
function nearWords(statements: readonly TracedStatement[], kind: Policy['kind']): string[] {
  return statements.flatMap((one) =>
    one.kind === kind && one.effect === 'Allow' && one.mismatch?.element === 'Condition'
      ? [sentence(`${statementWords(one)} does not: ${unmetWords(one.mismatch.condition)}`)]
      : [],
  );
}

function limitWords({ evaluation: { statements } }: Facts): string {
  const found = (['boundary', 'session'] as const).flatMap((kind) => {
    const own = statements.filter((one) => one.kind === kind);
    const [first] = own;
    if (!first) return [];
    const allowing = own.find(({ effect, mismatch }) => effect === 'Allow' && !mismatch);
    return allowing
      ? `${statementWords(allowing)} allows it`
      : `no statement in the ${first.policy} allows it`;
  });
  return found.length > 0 ? found.join('. ') : 'no permissions boundary, no session policy';
}

/** Which statement of which policy. */
function statementWords({ statement, policy }: TracedStatement): string {
  return statement.startsWith('statement ')
    ? `${statement} in the ${policy}`
    : `the statement ${statement} in the ${policy}`;
}

/** A sentence with its capital letter, unless it begins with a name such as `iam:CreateUser`. */
function sentence(text: string): string {
  return /^\S*:/.test(text) ? text : `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

function byWhich({ deciding }: Evaluation): string {
  const [first] = deciding;
  return first ? ` by ${first.statement}` : '';
}

/** What an answer by the templates does not take into account. */
export const NOT_INCLUDED =
  'Not included: what was added outside this baseline, policies of an organization (SCP, RCP), VPC endpoint policies, grants of KMS keys, and what a service itself refuses.';

/** Services with actions that only work after root has activated IAM access to Billing. */
const BILLING = /^(?:billing|payments|ce|cur|tax|invoicing|consolidatedbilling|freetier|aws-portal):/;
/** Services whose resources have policies that the answer may need. */
const WITH_POLICIES = /^(?:s3|sns|sqs|kms|secretsmanager|lambda):/;

function limitsOf(
  question: Question,
  policies: Pick<TemplatePolicies, 'resource'>,
  source: Explanation['source'],
): string[] {
  const { action, resource, authentication, throughCloudFormation } = question;
  return [
    source === 'iam'
      ? 'Not included: resource control policies, VPC endpoint policies, grants of KMS keys, and what a service itself refuses.'
      : NOT_INCLUDED,
    ...(BILLING.test(action)
      ? ['Billing: IAM policies count only after root has activated IAM access to Billing.']
      : []),
    ...(authentication === 'password' && /^(?:iam|sts):/.test(action)
      ? ['With a session token from GetSessionToken without MFA, IAM denies all calls.']
      : []),
    ...(throughCloudFormation
      ? [
          'If the stack has a service role, such as that of the CDK bootstrap, the policies of that role decide.',
        ]
      : []),
    ...(resource !== '*' && WITH_POLICIES.test(action) && !resourcePolicyOf(policies, question)
      ? ['The policy of this resource is not known.']
      : []),
  ];
}
