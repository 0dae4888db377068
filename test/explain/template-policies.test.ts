import { templatePolicies } from '../../lib/explain/template-policies';
import { ACCOUNT, PLACE } from '../access/template-policies';

const ofType = (type: string, Properties?: object) => ({ Type: `AWS::${type}`, Properties });
const RESOURCES = {
  Trail: ofType('CloudTrail::Trail', { TrailName: 'audit' }),
  OwnTrail: ofType('CloudTrail::Trail'),
  Rule: ofType('Events::Rule'),
  Detector: ofType('GuardDuty::Detector'),
  Group: ofType('IAM::Group', { GroupName: 'People' }),
  Managed: ofType('IAM::ManagedPolicy', { ManagedPolicyName: 'Guard' }),
  Oidc: ofType('IAM::OIDCProvider', { Url: 'https://token.example.com/team' }),
  Role: ofType('IAM::Role'),
  Saml: ofType('IAM::SAMLProvider', { Name: 'idp' }),
  User: ofType('IAM::User', { UserName: 'alice' }),
  Key: ofType('KMS::Key'),
  Function: ofType('Lambda::Function'),
  Logs: ofType('Logs::LogGroup'),
  Bucket: ofType('S3::Bucket'),
  Secret: ofType('SecretsManager::Secret'),
  Hub: ofType('SecurityHub::Hub'),
  Topic: ofType('SNS::Topic'),
  Filter: ofType('Logs::MetricFilter'),
};

const namesIn = (physical?: ReadonlyMap<string, string>) => {
  const { names } = templatePolicies({ Resources: RESOURCES }, { ...PLACE, physical });
  return Object.fromEntries([...names].filter(([name]) => !name.startsWith('AWS::')));
};
const arn = (service: string, resource: string) => `arn:aws:${service}:us-east-1:${ACCOUNT}:${resource}`;
const iam = (resource: string) => `arn:aws:iam::${ACCOUNT}:${resource}`;

test('resources have the names that CloudFormation would give them, or those of the template', () => {
  const made = (id: string) => `AccountBaseline-Stack-${id}-1A2B3C4D5E6F`;
  expect(namesIn()).toEqual({
    Trail: 'Trail',
    'Trail.Arn': arn('cloudtrail', 'trail/audit'),
    OwnTrail: 'OwnTrail',
    'OwnTrail.Arn': arn('cloudtrail', `trail/${made('OwnTrail')}`),
    Rule: made('Rule'),
    'Rule.Arn': arn('events', `rule/${made('Rule')}`),
    Detector: 'detector-id',
    Group: 'People',
    'Group.Arn': iam('group/People'),
    Managed: iam('policy/Guard'),
    'Managed.Arn': iam('policy/Guard'),
    Oidc: iam('oidc-provider/token.example.com/team'),
    'Oidc.Arn': iam('oidc-provider/token.example.com/team'),
    Role: made('Role'),
    'Role.Arn': iam(`role/${made('Role')}`),
    Saml: iam('saml-provider/idp'),
    'Saml.Arn': iam('saml-provider/idp'),
    User: 'alice',
    'User.Arn': iam('user/alice'),
    Key: 'Key',
    'Key.Arn': arn('kms', 'key/Key'),
    Function: made('Function'),
    'Function.Arn': arn('lambda', `function:${made('Function')}`),
    Logs: made('Logs'),
    'Logs.Arn': arn('logs', `log-group:${made('Logs')}:*`),
    Bucket: made('Bucket').toLowerCase(),
    'Bucket.Arn': `arn:aws:s3:::${made('Bucket').toLowerCase()}`,
    Secret: arn('secretsmanager', 'secret:Secret-a1b2c3'),
    Hub: arn('securityhub', 'hub/default'),
    Topic: arn('sns', made('Topic')),
  });
});

test('deployed resources have the names that they have in the account', () => {
  const physical = new Map([
    ['Key', '1111-2222'],
    ['Logs', 'trail-logs'],
    ['Bucket', 'audit-bucket'],
    ['Secret', arn('secretsmanager', 'secret:alice-xyz')],
    ['Topic', arn('sns', 'alarms')],
    ['Role', 'Worker'],
  ]);
  expect(namesIn(physical)).toMatchObject({
    Key: '1111-2222',
    'Key.Arn': arn('kms', 'key/1111-2222'),
    'Logs.Arn': arn('logs', 'log-group:trail-logs:*'),
    'Bucket.Arn': 'arn:aws:s3:::audit-bucket',
    Secret: arn('secretsmanager', 'secret:alice-xyz'),
    Topic: arn('sns', 'alarms'),
    'Role.Arn': iam('role/Worker'),
    // A name of the template is the one in the account.
    User: 'alice',
  });
});

test('what has an ARN can be asked about by its logical ID', () => {
  const { resources } = templatePolicies({ Resources: RESOURCES }, PLACE);
  expect(resources.map(({ id }) => id)).toEqual(
    Object.keys(RESOURCES).filter((id) => !['Detector', 'Filter'].includes(id)),
  );
  expect(resources).toContainEqual({ id: 'Key', type: 'AWS::KMS::Key', arn: arn('kms', 'key/Key') });
});
