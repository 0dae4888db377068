import type { ManagedPolicyDetail, RoleDetail, UserDetail } from '@aws-sdk/client-iam';
import { z } from 'zod';
import { decoded } from './iam-statements';
import { isAsDeployed, normalized } from './policy-documents';
import type { DeployedStack, DeployedSuite, Snapshot } from './snapshot';
import { resolved, valuesOf } from './template-values';

const Template = z.object({
  Resources: z.record(z.string(), z.object({ Type: z.string(), Properties: z.unknown().default({}) })),
});
const Document = z.object({ PolicyName: z.string(), PolicyDocument: z.unknown() });
const Role = z.object({
  RoleName: z.string().optional(),
  AssumeRolePolicyDocument: z.unknown(),
  ManagedPolicyArns: z.array(z.unknown()).default([]),
  PermissionsBoundary: z.unknown().optional(),
  Policies: z.array(Document).default([]),
});
const RolePolicy = Document.extend({ Roles: z.array(z.object({ Ref: z.string() })).default([]) });
const ManagedPolicy = z.object({ PolicyDocument: z.unknown() });

/** Compares documents of the account with those of a template. */
function comparison(stack: DeployedStack, suite: DeployedSuite, caller: Snapshot['caller'], region: string) {
  const of = valuesOf(stack, caller, region);
  // IAM writes the account as the ARN of its root user.
  const root = `arn:${caller.partition}:iam::${caller.account}:root`;
  const same = (wanted: unknown, actual: unknown) =>
    isAsDeployed(normalized(resolved(wanted, stack, suite, of)), normalized(actual), of);
  return {
    same,
    sameDocument: (wanted: unknown, document: string) =>
      same(wanted, JSON.parse(JSON.stringify(decoded(document)).replaceAll(root, caller.account))),
  };
}

/** The resources of a type in a stack, with the names that CloudFormation knows. */
function resourcesOf({ template, resources }: DeployedStack, type: string) {
  return Object.entries(Template.parse(template).Resources).flatMap(([id, { Type, Properties }]) =>
    Type === type
      ? [
          {
            id,
            properties: Properties,
            name: resources.find(({ LogicalResourceId }) => LogicalResourceId === id)?.PhysicalResourceId,
          },
        ]
      : [],
  );
}

/** What somebody deleted or changed of the roles of a stack, in sentences. */
export function faultsOfRoles(
  stack: DeployedStack,
  suite: DeployedSuite,
  roles: readonly RoleDetail[],
  caller: Snapshot['caller'],
  region: string,
): string[] {
  const { same, sameDocument } = comparison(stack, suite, caller, region);
  const policies = resourcesOf(stack, 'AWS::IAM::Policy').map(({ properties }) =>
    RolePolicy.parse(properties),
  );
  return resourcesOf(stack, 'AWS::IAM::Role').flatMap(({ id, properties, name: known }) => {
    const role = Role.parse(properties);
    const name = role.RoleName ?? known;
    // A resource with a condition may not exist.
    if (name === undefined) return [];
    const actual = roles.find(({ RoleName }) => RoleName === name);
    if (!actual) return [`${name} was deleted.`];
    const own = [...role.Policies, ...policies.filter(({ Roles }) => Roles.some(({ Ref }) => Ref === id))];
    const inline = actual.RolePolicyList ?? [];
    const attached = (actual.AttachedManagedPolicies ?? []).map(({ PolicyArn = '' }) => PolicyArn);
    const arns = role.ManagedPolicyArns;
    const boundary = actual.PermissionsBoundary?.PermissionsBoundaryArn;
    const isBounded =
      role.PermissionsBoundary === undefined
        ? boundary === undefined
        : same(role.PermissionsBoundary, boundary);
    const changed = own.filter(({ PolicyName, PolicyDocument }) => {
      const { PolicyDocument: document } = inline.find((one) => one.PolicyName === PolicyName) ?? {};
      return document === undefined || !sameDocument(PolicyDocument, document);
    });
    return [
      ...(sameDocument(role.AssumeRolePolicyDocument, actual.AssumeRolePolicyDocument ?? '{}')
        ? []
        : [`The trust policy of ${name} was changed.`]),
      ...(arns.length === attached.length && arns.every((arn) => attached.some((one) => same(arn, one)))
        ? []
        : [`The managed policies of ${name} were changed.`]),
      ...(isBounded ? [] : [`The permissions boundary of ${name} was changed.`]),
      ...changed.map(({ PolicyName }) => `${PolicyName} of ${name} was deleted or changed.`),
      ...inline
        .filter(({ PolicyName }) => !own.some((one) => one.PolicyName === PolicyName))
        .map(({ PolicyName = '' }) => `${PolicyName} of ${name} was added.`),
    ];
  });
}

/** What somebody deleted or changed of the managed policies of a stack, in sentences. */
export function faultsOfPolicies(
  stack: DeployedStack,
  suite: DeployedSuite,
  policies: readonly ManagedPolicyDetail[],
  caller: Snapshot['caller'],
  region: string,
): string[] {
  const { sameDocument } = comparison(stack, suite, caller, region);
  return resourcesOf(stack, 'AWS::IAM::ManagedPolicy').flatMap(({ properties, name: arn }) => {
    if (arn === undefined) return [];
    const actual = policies.find(({ Arn }) => Arn === arn);
    if (!actual) return [`${arn} was deleted.`];
    const { Document: document = '{}' } =
      actual.PolicyVersionList?.find(({ IsDefaultVersion }) => IsDefaultVersion === true) ?? {};
    return sameDocument(ManagedPolicy.parse(properties).PolicyDocument, document)
      ? []
      : [`${arn} was changed.`];
  });
}

/**
 * Names of the users of the stacks that somebody deleted and created again, and whose passwords that person
 * may know. The stacks never update a user.
 */
export function remadeUsers(suite: DeployedSuite, users: readonly UserDetail[]): string[] {
  const deployed = suite.flatMap(({ resources }) =>
    resources.filter(({ ResourceType }) => ResourceType === 'AWS::IAM::User'),
  );
  return deployed.flatMap(({ PhysicalResourceId: name, LastUpdatedTimestamp: at }) => {
    const { CreateDate: made } = users.find(({ UserName }) => UserName === name) ?? {};
    return name !== undefined && at !== undefined && made !== undefined && made > at ? [name] : [];
  });
}

/** Identity providers of a stack that somebody deleted, in sentences. */
export function deletedProviders(stack: DeployedStack, arns: readonly string[]): string[] {
  return ['AWS::IAM::SAMLProvider', 'AWS::IAM::OIDCProvider'].flatMap((type) =>
    resourcesOf(stack, type).flatMap(({ name }) =>
      name === undefined || arns.includes(name) ? [] : [`${name} was deleted.`],
    ),
  );
}
