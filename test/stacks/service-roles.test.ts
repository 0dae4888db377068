import { Template } from 'aws-cdk-lib/assertions';
import { defineBaseline } from '../../lib/config/config';
import { PROFILES } from '../../lib/config/profiles';
import { parseTemplate } from '../../lib/posture/parse-template';
import { LogArchiveStack } from '../../lib/stacks/log-archive-stack';
import { EVERYTHING } from '../everything';
import { SMALLEST } from '../smallest';
import { baselineTemplate, type Statement, suiteTemplates, testApp } from '../synth';

interface Trust {
  readonly Principal: { readonly Service?: string };
  readonly Condition?: object;
}

interface Role {
  readonly Type: string;
  readonly Properties: { readonly AssumeRolePolicyDocument: { readonly Statement: readonly Trust[] } };
}

/** Services that send neither aws:SourceArn nor aws:SourceAccount to assume a role, and why that is safe. */
const WITHOUT_SOURCE: Readonly<Record<string, string>> = {
  // https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-required-policy-for-cloudwatch-logs.html
  'cloudtrail.amazonaws.com': 'The role policy does not support the keys, says the guide of CloudTrail.',
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
  'lambda.amazonaws.com':
    'The guide of Lambda names no key for execution roles. Only a function of this account can have the role, as a role cannot be passed to another account.',
};

interface Resource {
  readonly Type: string;
  readonly Properties?: { readonly TemplateBody?: string };
}

/** The resources of a template, and of those that its StackSets deploy to other accounts. */
function resourcesOf(template: object): (readonly [id: string, resource: Resource])[] {
  const { Resources } = template as { Resources: Record<string, Resource> };
  return Object.entries(Resources).flatMap(([id, resource]) => {
    const body = resource.Properties?.TemplateBody;
    const deployed = body === undefined ? [] : resourcesOf(parseTemplate(body) as object);
    return [[id, resource] as const, ...deployed.map(([inner, one]) => [`${id}/${inner}`, one] as const)];
  });
}

test('the trust of each service role names this account, where the service says whom it acts for', () => {
  const unbound = Object.entries(suiteTemplates(EVERYTHING)).flatMap(([stack, template]) =>
    (resourcesOf(template.toJSON()) as (readonly [string, Role])[])
      .filter(([, { Type }]) => Type === 'AWS::IAM::Role')
      .flatMap(([id, { Properties }]) =>
        Properties.AssumeRolePolicyDocument.Statement.filter(
          ({ Principal, Condition }) =>
            Principal.Service !== undefined &&
            !/"aws:Source(?:Account|Arn)"/.test(JSON.stringify(Condition ?? {})),
        ).map(({ Principal }) => [Principal.Service ?? '', `${stack}/${id}`] as const),
      ),
  );
  expect(unbound.filter(([service]) => !(service in WITHOUT_SOURCE))).toEqual([]);
  expect(new Set(unbound.map(([service]) => service))).toEqual(new Set(Object.keys(WITHOUT_SOURCE)));
});

/** Services that a key knows by what they encrypt, because they do not say whom they act for. */
const BY_ENCRYPTION_CONTEXT: Readonly<Record<string, string>> = {
  // https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
  'events.amazonaws.com': 'kms:EncryptionContext:aws:sns:topicArn',
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
  'logs.${AWS::Region}.${AWS::URLSuffix}': 'kms:EncryptionContext:aws:logs:arn',
};

/** Every statement of a resource's policy that admits services. */
function admissions(value: unknown): Statement[] {
  if (typeof value !== 'object' || value === null) return [];
  const { Effect, Principal, Action } = value as Partial<Statement>;
  const isAdmission = Effect === 'Allow' && Action !== 'sts:AssumeRole' && servicesOf(Principal).length > 0;
  return isAdmission ? [value as Statement] : Object.values(value).flatMap(admissions);
}

const servicesOf = (principal: unknown): string[] =>
  [(principal as { Service?: unknown } | undefined)?.Service ?? []]
    .flat()
    .map((one) => (typeof one === 'string' ? one : String(Object.values(one)[0])));

describe.each<[string, () => Template]>([
  ...PROFILES.map((profile): [string, () => Template] => [profile, () => baselineTemplate({ profile })]),
  ['everything', () => baselineTemplate(EVERYTHING)],
  [
    'the log archive',
    () => {
      const config = defineBaseline({ ...SMALLEST, ...EVERYTHING });
      return Template.fromStack(new LogArchiveStack(testApp(), 'Archive', { config }));
    },
  ],
])('in %s', (_, template) => {
  const resources = resourcesOf(template().toJSON());

  test('each policy of a bucket, topic, or key admits a service for a source', () => {
    const admitted = resources.flatMap(([id, { Properties }]) =>
      admissions(Properties).map((one) => [`${id} ${one.Sid ?? ''}`, one] as const),
    );
    expect(admitted).not.toEqual([]);
    const unbound = admitted.filter(([, { Principal, Condition }]) => {
      // The others hold if the key is missing, or for any other source.
      const keys = Object.entries(Condition ?? {}).flatMap(([operator, one]) =>
        /IfExists$|Not|^ForAllValues:|^Null$/.test(operator) ? [] : Object.keys(one as object),
      );
      const isBound = keys.some((key) =>
        ['aws:SourceAccount', 'aws:SourceArn', 'aws:SourceOrgID'].includes(key),
      );
      return (
        !isBound && !servicesOf(Principal).every((one) => keys.includes(BY_ENCRYPTION_CONTEXT[one] ?? ''))
      );
    });
    expect(unbound.map(([name]) => name)).toEqual([]);
  });

  test('each permission of a function admits a service for a source', () => {
    const permissions = resources.filter(([, { Type }]) => Type === 'AWS::Lambda::Permission');
    expect(permissions.filter(([, { Properties = {} }]) => !('SourceArn' in Properties))).toEqual([]);
  });
});
