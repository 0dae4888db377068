import type { GroupDetail, RoleDetail } from '@aws-sdk/client-iam';
import type { DeployedStack } from '../../lib/posture/snapshot';
import { stackTemplate } from '../synth';
import { substitute } from '../access/template-policies';
import { deployedStack, REGION } from './snapshot';

interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

const TEMPLATE = stackTemplate('Roles', {
  administrators: ['alice', 'bob'],
  access: { mode: 'roles' },
}).toJSON() as { Resources: Readonly<Record<string, Resource>> };
const RESOURCES = Object.entries(TEMPLATE.Resources);

/** Physical IDs by logical IDs. */
const IDS = (group: string): ReadonlyMap<string, string> =>
  new Map([
    ...RESOURCES.map(
      ([id, { Properties }]) => [id, (Properties?.['RoleName'] as string | undefined) ?? id] as const,
    ),
    ['PeopleGroup', group],
    ['AWS::AccountId', '123456789012'],
    ['AWS::Partition', 'aws'],
    ['AWS::Region', REGION],
  ]);

/** The stack Roles, deployed. */
export const ROLES_STACK: DeployedStack = (() => {
  const stack = deployedStack('Roles', { 'people-group': 'AccountBaseline-Roles-PeopleGroup-1A2B3C' });
  const ids = IDS('AccountBaseline-Roles-PeopleGroup-1A2B3C');
  return {
    ...stack,
    template: TEMPLATE,
    resources: RESOURCES.map(([LogicalResourceId, { Type }]) => ({
      LogicalResourceId,
      PhysicalResourceId: ids.get(LogicalResourceId) ?? LogicalResourceId,
      ResourceType: Type,
      ResourceStatus: 'CREATE_COMPLETE' as const,
      LastUpdatedTimestamp: stack.stack.CreationTime,
    })),
  };
})();

/** The roles and the group of the stack, as IAM returns them. */
export function policiesOf(group: string): { roles: RoleDetail[]; groups: GroupDetail[] } {
  const ids = IDS(group);
  const resolve = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(resolve);
    if (typeof value !== 'object' || value === null) return value;
    if ('Ref' in value)
      return value.Ref === 'AWS::AccountId' ? 'arn:aws:iam::123456789012:root' : ids.get(String(value.Ref));
    if ('Fn::Sub' in value) return substitute(String(value['Fn::Sub']), ids);
    if ('Fn::GetAtt' in value)
      return `arn:aws:iam::123456789012:role/${ids.get(String([value['Fn::GetAtt']].flat()[0]))}`;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, resolve(one)]));
  };
  const document = (value: unknown) => encodeURIComponent(JSON.stringify(resolve(value)));
  const inline = (kind: 'Roles' | 'Groups', id: string) =>
    RESOURCES.filter(
      ([, { Type, Properties }]) =>
        Type === 'AWS::IAM::Policy' && JSON.stringify(Properties?.[kind] ?? []).includes(`"${id}"`),
    ).map(([, { Properties }]) => ({
      PolicyName: String(Properties?.['PolicyName']),
      PolicyDocument: document(Properties?.['PolicyDocument']),
    }));
  const roles = RESOURCES.flatMap(([id, { Type, Properties }]) =>
    Type === 'AWS::IAM::Role'
      ? {
          RoleName: ids.get(id) ?? id,
          Arn: `arn:aws:iam::123456789012:role/${ids.get(id)}`,
          AssumeRolePolicyDocument: document(Properties?.['AssumeRolePolicyDocument']),
          RolePolicyList: inline('Roles', id),
          AttachedManagedPolicies: (resolve(Properties?.['ManagedPolicyArns']) as string[]).map(
            (PolicyArn) => ({
              PolicyArn,
              PolicyName: PolicyArn.replace(/.*\//, ''),
            }),
          ),
        }
      : [],
  );
  return { roles, groups: [{ GroupName: group, GroupPolicyList: inline('Groups', 'PeopleGroup') }] };
}
