import { Match, Template } from 'aws-cdk-lib/assertions';
import { stringify } from 'yaml';
import { StandaloneStack } from '../lib/standalone-stack';
import { baselineStack, baselineTemplate, statements, testApp } from './synth';

/** A template in either form that CloudFormation takes without a bucket, in bytes. */
const LIMIT = 51_200;

const standalone = (): Template => Template.fromStack(new StandaloneStack(testApp(), 'AccountBaseline'));

const ids = (template: Template, type: string): string[] => Object.keys(template.findResources(type)).sort();

describe('the template', () => {
  test('matches its snapshot', () => {
    expect(baselineTemplate().toJSON()).toMatchSnapshot();
  });

  test('of the standalone kind matches its snapshot', () => {
    expect(standalone().toJSON()).toMatchSnapshot();
  });

  test.each([
    ['default', baselineTemplate],
    ['standalone', standalone],
  ])('of the %s kind fits without a bucket, minified and as the CDK command line sends it', (_, build) => {
    const template = build().toJSON();
    expect(Buffer.byteLength(JSON.stringify(template))).toBeLessThanOrEqual(LIMIT);
    // As aws-cdk does: schema and line width are its own. The e2e suite compares what really arrives.
    expect(Buffer.byteLength(stringify(template, { schema: 'yaml-1.1', lineWidth: 0 }))).toBeLessThanOrEqual(
      LIMIT,
    );
  });

  test('needs no bootstrap: no assets, no version parameter, no rule', () => {
    const assembly = testApp();
    const stack = baselineStack();
    const template = baselineTemplate().toJSON() as Record<string, unknown>;
    expect(template['Parameters']).toBeUndefined();
    expect(template['Rules']).toBeUndefined();
    expect(stack.synthesizer.constructor.name).toBe('LegacyStackSynthesizer');
    expect(JSON.stringify(template)).not.toMatch(/cdk-hnb659fds|CdkBootstrap/);
    expect(assembly.synth().stacks).toEqual([]);
  });

  test('names no partition, account or Region', () => {
    const text = JSON.stringify(baselineTemplate().toJSON());
    expect(text).not.toMatch(/arn:aws[:-]/);
    expect(text).not.toMatch(/\b\d{12}\b/);
    expect(text).not.toMatch(/us-east-1/);
  });

  test.each(['us-gov-west-1', 'cn-north-1'])('spells ARNs and sign-in for %s', (region) => {
    const text = JSON.stringify(baselineTemplate({ region }).toJSON());
    expect(text).not.toMatch(/arn:aws:/);
    expect(text).toContain(region.startsWith('cn') ? 'signin.amazonaws.cn' : 'signin.amazonaws-us-gov.com');
  });
});

// A new logical id would replace the resource, and with it evidence or a person's access.
test.each([
  ['AWS::S3::Bucket', ['AuditTrailAccessLogsC856A1A5', 'AuditTrailBucketA91FD435']],
  ['AWS::KMS::Key', ['Key961B73FD']],
  ['AWS::CloudTrail::Trail', ['AuditTrailC93518EF']],
  ['AWS::Logs::LogGroup', ['AuditTrailLogGroup28BB9333', 'PasswordPolicyFunctionLogs088AEA5E']],
  ['AWS::SNS::Topic', ['NotificationsTopicAE679CBD']],
  ['AWS::IAM::Group', ['AdminAccessAdministratorsGroupCDE5508B']],
  ['AWS::IAM::User', ['AdminAccessAdministratorsaliceUser522764A6']],
  ['Custom::FormerPasswordPolicy', ['PasswordPolicyFormer7DFD4EF2']],
  ['Custom::PasswordPolicy', ['PasswordPolicyDB60E863']],
])('the logical ids of %s stay', (type, expected) => {
  expect(ids(baselineTemplate(), type)).toEqual(expected);
});

test('the app takes the standalone template’s stack over without replacing anything', () => {
  const taken = baselineTemplate({ dayZero: { administrator: 'alice', email: 'security@example.com' } });
  const before = standalone().toJSON() as { Resources: Record<string, { Type: string }> };
  const after = taken.toJSON() as typeof before;
  const types = ({ Resources }: typeof before) =>
    Object.fromEntries(Object.entries(Resources).map(([id, { Type }]) => [id, Type]));
  expect(types(after)).toEqual(types(before));
});

describe('a switch', () => {
  test('takes an existing trail’s log group, and no second trail is paid for', () => {
    const template = baselineTemplate({ auditTrail: { existingLogGroup: 'theirs/trail' } });
    template.resourceCountIs('AWS::CloudTrail::Trail', 0);
    template.resourceCountIs('AWS::S3::Bucket', 0);
    template.hasResourceProperties('AWS::Logs::MetricFilter', { LogGroupName: 'theirs/trail' });
  });

  test.each([
    [{}, ['cloudwatch', 'budgets']],
    [{ billing: { monthlyBudgetUsd: false as const } }, ['cloudwatch']],
    [
      { region: 'us-east-1', billing: { costAnomalyDetection: true } },
      ['cloudwatch', 'budgets', 'costalerts'],
    ],
  ])('%j admits to the topic only the services that publish', (options, services) => {
    const [statement] = statements(baselineTemplate(options), 'AWS::SNS::TopicPolicy');
    const { Service } = statement?.Principal as { Service: string | string[] };
    expect([Service].flat().sort()).toEqual(services.map((service) => `${service}.amazonaws.com`).sort());
  });

  test('guards the alarm as well as what feeds it', () => {
    expect(statements(baselineTemplate(), 'AWS::IAM::Policy')).toContainEqual(
      expect.objectContaining({
        Effect: 'Deny',
        Action: ['cloudwatch:DeleteAlarms', 'cloudwatch:DisableAlarmActions'],
      }),
    );
  });

  test('saves the key', () => {
    const template = baselineTemplate({ customerKey: false });
    template.resourceCountIs('AWS::KMS::Key', 0);
    template.hasResourceProperties('AWS::SNS::Topic', { KmsMasterKeyId: Match.absent() });
  });

  test('lets evidence go with the stack', () => {
    const template = baselineTemplate({ auditTrail: { keepOnRemoval: false } });
    template.allResources('AWS::S3::Bucket', { DeletionPolicy: 'Delete' });
    template.allResources('AWS::KMS::Key', { DeletionPolicy: 'Delete' });
  });

  test('sets the retention', () => {
    baselineTemplate({ auditTrail: { logGroupRetentionDays: 731 } }).hasResourceProperties(
      'AWS::Logs::LogGroup',
      {
        RetentionInDays: 731,
      },
    );
  });

  test('tags everything but users and their secrets, which must never be updated', () => {
    const template = baselineTemplate({ tags: { team: 'platform' } });
    for (const type of ['AWS::S3::Bucket', 'AWS::SNS::Topic', 'AWS::KMS::Key']) {
      template.allResourcesProperties(type, {
        Tags: Match.arrayWith([{ Key: 'team', Value: 'platform' }]),
      });
    }
    for (const type of ['AWS::IAM::User', 'AWS::SecretsManager::Secret']) {
      template.allResourcesProperties(type, { Tags: Match.absent() });
    }
    expect(baselineStack({ tags: { team: 'platform' } }).tags.hasTags()).toBe(false);
  });
});

test('no update of the configuration touches a user: it would set the first password again', () => {
  const users = (template: Template) => template.findResources('AWS::IAM::User');
  const before = users(baselineTemplate());
  const changes = [
    { tags: { team: 'platform' } },
    { access: { groupName: 'Admins', guard: false } },
    { passwordPolicy: { minimumLength: 20 } },
    { customerKey: false },
    { notifications: { emails: ['other@example.com'] } },
  ];
  for (const change of changes) expect(users(baselineTemplate(change))).toEqual(before);
});

describe('the outputs', () => {
  test('say where to sign in, how to read each first password once and how to delete it', () => {
    const outputs = baselineTemplate({ administrators: ['alice', 'bob.b', 'bobb'] }).findOutputs('*');
    expect(Object.keys(outputs).sort()).toEqual([
      'ActivateBillingAccess',
      'DeletePasswordalice',
      'DeletePasswordbobb',
      'DeletePasswordbobb2',
      'NotificationTopic',
      'ReadPasswordalice',
      'ReadPasswordbobb',
      'ReadPasswordbobb2',
      'SignInUrl',
      'TrailBucket',
    ]);
  });

  test('hold no password', () => {
    const template = baselineTemplate();
    expect(JSON.stringify(template.findOutputs('*'))).not.toContain('resolve:');
    template.allResourcesProperties('AWS::SecretsManager::Secret', { SecretString: Match.absent() });
  });
});

test('the stack is protected against deletion unless configured otherwise', () => {
  expect(baselineStack().terminationProtection).toBe(true);
  expect(baselineStack({ terminationProtection: false }).terminationProtection).toBe(false);
});
