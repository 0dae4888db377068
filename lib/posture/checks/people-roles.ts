import type { RoleDetail } from '@aws-sdk/client-iam';
import { z } from 'zod';
import { daysLeft, EXPIRES_SOON_DAYS, readSamlMetadata } from '../../federation/saml/metadata';
import { stackKindsOf } from '../../stacks/stack-kinds';
import { decoded } from '../iam-statements';
import { isAsDeployed, normalized } from '../policy-documents';
import type { DeployedStack, DeployedSuite, Snapshot } from '../snapshot';
import { resolved, valuesOf } from '../template-values';
import { check, day, fail, given, type Observation, pass, REDEPLOY, unknown } from './check';

const Template = z.object({
  Resources: z.record(z.string(), z.object({ Type: z.string(), Properties: z.unknown().default({}) })),
});
const Role = z.object({
  RoleName: z.string(),
  AssumeRolePolicyDocument: z.unknown(),
  ManagedPolicyArns: z.array(z.unknown()).default([]),
});
const Saml = z.object({ SamlMetadataDocument: z.string() });
const RolePolicy = z.object({
  Roles: z.array(z.object({ Ref: z.string() })).default([]),
  PolicyName: z.string(),
  PolicyDocument: z.unknown(),
});

export const PEOPLE_ROLE_CHECKS = [
  check(
    {
      check: 'people-roles',
      title: 'The roles for people are unmodified',
      problem: 'A role for people is missing or was changed',
      area: 'people',
      severity: 'critical',
      controls: [],
    },
    ({ people, suite, caller, region }, config) =>
      stackKindsOf(config).includes('Roles')
        ? given({ people, suite }, ({ people: { roles }, suite: stacks }) => {
            const stack = stacks.find(({ kind }) => kind === 'Roles');
            if (!stack) return unknown('The stack with the roles is not deployed.');
            return judge(stack, stacks, roles, caller, region);
          })
        : [],
  ),
  check(
    {
      check: 'saml-certificate',
      title: 'The SAML provider can sign people in',
      problem: 'The signing certificate of the SAML provider ends',
      area: 'people',
      severity: 'high',
      controls: [],
    },
    ({ at, suite }, { federation: { saml } }) =>
      saml
        ? given({ suite }, ({ suite: stacks }) => {
            const deployed = stacks.flatMap(({ template }) => metadataIn(template));
            if (deployed.length === 0) return unknown('The SAML provider is not deployed.');
            return deployed.map((document) => judgeCertificate(saml.name, document, at));
          })
        : [],
  ),
];

/** Metadata documents in a template. */
function metadataIn(template: unknown): string[] {
  return Object.values(Template.parse(template).Resources).flatMap(({ Type, Properties }) =>
    Type === 'AWS::IAM::SAMLProvider' ? [Saml.parse(Properties).SamlMetadataDocument] : [],
  );
}

function judgeCertificate(name: string, document: string, at: Date): Observation {
  const metadata = readSamlMetadata(document);
  const days = daysLeft(metadata, at);
  const until = day(metadata.validUntil);
  const remedy = {
    text: 'Get new metadata from the identity provider, replace the file of federation.saml.metadata, and deploy.',
    command: 'npx cdk deploy --all',
  };
  if (days < 0)
    return fail(`The signing certificate of ${name} was valid until ${until}: nobody can sign in.`, remedy);
  return days < EXPIRES_SOON_DAYS
    ? fail(`The signing certificate of ${name} is valid until ${until}, for ${days} days.`, remedy, {
        severity: 'medium',
      })
    : pass(`The signing certificate of ${name} is valid until ${until}.`);
}

function judge(
  stack: DeployedStack,
  suite: DeployedSuite,
  roles: readonly RoleDetail[],
  caller: Snapshot['caller'],
  region: string,
): Observation[] | Observation {
  const of = valuesOf(stack, caller, region);
  const resources = Object.entries(Template.parse(stack.template).Resources);
  const wantedOf = (value: unknown) => normalized(resolved(value, stack, suite, of));
  // IAM writes the account as the ARN of its root user.
  const root = `arn:${caller.partition}:iam::${caller.account}:root`;
  const actualOf = (document: string) =>
    normalized(JSON.parse(JSON.stringify(decoded(document)).replaceAll(root, caller.account)));
  const same = (wanted: unknown, actual: unknown) => isAsDeployed(wantedOf(wanted), normalized(actual), of);
  const policies = resources.flatMap(([, { Type, Properties }]) =>
    Type === 'AWS::IAM::Policy' ? [RolePolicy.parse(Properties)] : [],
  );
  const faults = resources.flatMap(([id, { Type, Properties }]) => {
    if (Type !== 'AWS::IAM::Role') return [];
    const {
      RoleName: name,
      AssumeRolePolicyDocument: trust,
      ManagedPolicyArns: arns,
    } = Role.parse(Properties);
    const role = roles.find(({ RoleName }) => RoleName === name);
    if (!role) return [`${name} was deleted`];
    const own = policies.filter(({ Roles }) => Roles.some(({ Ref }) => Ref === id));
    const inline = role.RolePolicyList ?? [];
    const attached = (role.AttachedManagedPolicies ?? []).map(({ PolicyArn = '' }) => PolicyArn);
    const isChanged = own.filter(({ PolicyName, PolicyDocument }) => {
      const { PolicyDocument: actual } = inline.find((one) => one.PolicyName === PolicyName) ?? {};
      return actual === undefined || !same(PolicyDocument, actualOf(actual));
    });
    return [
      ...(same(trust, actualOf(role.AssumeRolePolicyDocument ?? '{}'))
        ? []
        : [`the trust policy of ${name} was changed`]),
      ...(arns.length === attached.length && arns.every((arn) => attached.some((one) => same(arn, one)))
        ? []
        : [`the managed policies of ${name} were changed`]),
      ...isChanged.map(({ PolicyName }) => `${PolicyName} of ${name} was deleted or changed`),
      ...inline
        .filter(({ PolicyName }) => !own.some((one) => one.PolicyName === PolicyName))
        .map(({ PolicyName = '' }) => `${PolicyName} of ${name} was added`),
    ];
  });
  return faults.length === 0
    ? pass('The roles are unmodified.')
    : faults.map((fault) => fail(`${fault[0]?.toUpperCase() ?? ''}${fault.slice(1)}.`, REDEPLOY));
}
