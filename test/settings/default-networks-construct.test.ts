import { Stack } from 'aws-cdk-lib';
import { DefaultNetworks, type DefaultNetworksProps } from '../../lib/settings/default-networks';
import { refused } from '../refused';
import { statements, templateOf } from '../synth';

const templateWith = (props: DefaultNetworksProps) =>
  templateOf((scope) => new DefaultNetworks(scope, 'Networks', props));

/** Properties of the resources of settings, by the name of the setting. */
function settingsIn(props: DefaultNetworksProps): Record<string, { Regions?: string }> {
  const { Resources } = templateWith(props).toJSON() as {
    Resources: Record<string, { Type: string; Properties: { Regions?: string } }>;
  };
  return Object.fromEntries(
    Object.values(Resources)
      .filter(({ Type }) => Type.startsWith('Custom::'))
      .map(({ Type, Properties }) => [Type.slice('Custom::'.length), Properties]),
  );
}

test.each<[props: DefaultNetworksProps, names: string[]]>([
  [{}, []],
  [{ removeDefaultVpcs: true }, ['DefaultVpc']],
  [{ emptyDefaultSecurityGroups: true }, ['DefaultSecurityGroups']],
  [{ removeDefaultVpcs: true, emptyDefaultSecurityGroups: true }, ['DefaultVpc', 'DefaultSecurityGroups']],
])('%j asks for %j, and says what was not changed', (props, names) => {
  let leftAlone: Readonly<Record<string, string>> = {};
  templateOf((scope) => {
    const networks = new DefaultNetworks(scope, 'Networks', props);
    leftAlone = Stack.of(scope).resolve(networks.leftAlone) as typeof leftAlone;
  });
  expect(Object.keys(settingsIn(props))).toEqual(names);
  expect(leftAlone).toEqual(
    Object.fromEntries(
      names.map((name) => [name, { 'Fn::GetAtt': [expect.stringMatching(name), 'LeftAlone'] }]),
    ),
  );
});

refused(templateWith, [
  [{ removeDefaultVpcs: 'false' }, 'removeDefaultVpcs must be true or false, got "false"'],
  [{ keepOnRemoval: 'false' }, 'keepOnRemoval must be true or false, got "false"'],
]);

test('Regions are what both are for', () => {
  const settings = settingsIn({
    removeDefaultVpcs: true,
    emptyDefaultSecurityGroups: true,
    regions: ['eu-central-1', 'us-east-1'],
  });
  expect(Object.values(settings).map(({ Regions }) => Regions)).toEqual([
    'eu-central-1 us-east-1',
    'eu-central-1 us-east-1',
  ]);
});

test('keepOnRemoval leaves the networks when the stack goes', () => {
  const template = templateWith({ removeDefaultVpcs: true, keepOnRemoval: true });
  template.hasResource('Custom::DefaultVpc', { DeletionPolicy: 'Retain' });
});

test('no clock calls the function: networks may be created since', () => {
  templateWith({ removeDefaultVpcs: true }).resourceCountIs('AWS::Events::Rule', 0);
});

test('networks are deleted by a role that may delete those of this account only', () => {
  const statement = statements(templateWith({ removeDefaultVpcs: true }), 'AWS::IAM::Policy').find(
    ({ Action }) => Action?.includes('ec2:DeleteVpc'),
  );
  const resources = JSON.stringify(statement?.Resource);
  expect(resources.match(/:ec2:\*:/g)).toHaveLength(3);
  expect(resources.match(/"AWS::AccountId"/g)).toHaveLength(3);
  for (const type of ['internet-gateway', 'subnet', 'vpc']) expect(resources).toContain(`:${type}/*`);
});
