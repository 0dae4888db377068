import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { type BaselineOptions, defineBaseline } from '../../lib/config/config';
import { OrganizationPolicies } from '../../lib/organization/organization-policies';
import { policyOptions } from '../../lib/organization/policies/policy';
import { SMALLEST } from '../smallest';
import { testApp } from '../synth';

interface Created {
  readonly Properties: {
    readonly Name: string;
    readonly Type: string;
    readonly TargetIds?: readonly string[];
  };
  readonly DependsOn?: readonly string[];
  readonly DeletionPolicy?: string;
}

/** The policies that a configuration creates, in the order of the template. */
function created(more: Partial<NonNullable<BaselineOptions['organization']>> = {}): Created[] {
  const config = defineBaseline({
    ...SMALLEST,
    organization: { id: 'o-a1b2c3d4e5', rootId: 'r-a1b2', ...more },
  });
  const { organization } = config;
  if (!organization) throw new Error('there is no organization');
  const stack = new Stack(testApp(), 'Stack');
  new OrganizationPolicies(stack, 'Policies', { organization, options: policyOptions(organization, config) });
  return Object.values(Template.fromStack(stack).findResources('AWS::Organizations::Policy')) as Created[];
}

const names = (policies: readonly Created[]) => policies.map(({ Properties }) => Properties.Name);

test('the default policies are attached to the root of the organization', () => {
  const policies = created();
  expect(names(policies)).toEqual([
    'AccountBaseline-protect',
    'AccountBaseline-root',
    'AccountBaseline-leave',
  ]);
  expect(policies.map(({ Properties }) => Properties.TargetIds)).toEqual([
    ['r-a1b2'],
    ['r-a1b2'],
    ['r-a1b2'],
  ]);
});

test('the policies are attached to the covered OUs alone', () => {
  const ous = ['ou-a1b2-c3d4e5f6', 'ou-a1b2-11111111'];
  expect(created({ ous }).map(({ Properties }) => Properties.TargetIds)).toEqual([ous, ous, ous]);
});

test('a policy to observe is attached to nothing, and one that is off does not exist', () => {
  const policies = created({ policies: { root: 'observe', leave: 'off', outsiders: 'observe' } });
  expect(names(policies)).toEqual([
    'AccountBaseline-protect',
    'AccountBaseline-root',
    'AccountBaseline-outsiders',
  ]);
  expect(policies.map(({ Properties }) => Properties.TargetIds)).toEqual([['r-a1b2'], undefined, undefined]);
});

test('the policies are created one after the other', () => {
  const policies = created({ policies: { users: 'enforce', instances: 'enforce', outsiders: 'enforce' } });
  // Without the hash, which the suite's own stacks do not have.
  const waitFor = policies.map(({ DependsOn = [] }) => DependsOn.map((id) => id.slice(0, -8)).join());
  expect(waitFor).toEqual([
    '',
    'PoliciesProtect',
    'PoliciesRoot',
    'PoliciesLeave',
    'PoliciesUsers',
    'PoliciesInstances',
  ]);
});

test('removal keeps no policy, so that no account stays limited', () => {
  expect(created().map(({ DeletionPolicy }) => DeletionPolicy)).toEqual([undefined, undefined, undefined]);
});
