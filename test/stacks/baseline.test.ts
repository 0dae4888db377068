import { Match, Template } from 'aws-cdk-lib/assertions';
import { stringify } from 'yaml';
import { PROFILES } from '../../lib/config/profiles';
import { StandaloneStack } from '../../lib/stacks/standalone-stack';
import { baselineStack, baselineTemplate, statements, testApp } from '../synth';

/** Bytes of a template, in either form, that CloudFormation takes without a bucket. */
const LIMIT = 51_200;

const CONTACT = { name: 'Ann Lee', title: 'CISO', email: 'security@example.com', phone: '+1 555 0100' };

const standalone = (): Template => Template.fromStack(new StandaloneStack(testApp(), 'AccountBaseline'));

/** Synthesized once, for the tests that only read. */
const PROFILE = {
  free: baselineTemplate({ profile: 'free' }),
  standard: baselineTemplate({ profile: 'standard' }),
  strict: baselineTemplate({ profile: 'strict' }),
};

const ids = (template: Template, type: string): string[] => Object.keys(template.findResources(type)).sort();

describe('the template', () => {
  test.each(PROFILES)('of the %s profile matches its snapshot', (profile) => {
    expect(PROFILE[profile].toJSON()).toMatchSnapshot();
  });

  test('of the standard profile is that of the smallest configuration', () => {
    expect(PROFILE.standard.toJSON()).toEqual(baselineTemplate().toJSON());
  });

  test('of the standalone kind matches its snapshot', () => {
    expect(standalone().toJSON()).toMatchSnapshot();
  });

  test.each<[string, () => Template]>([
    ['free', () => PROFILE.free],
    ['standard', () => PROFILE.standard],
    [
      'standard, with two administrators and a contact, of names as people have them,',
      () =>
        baselineTemplate({
          administrators: ['augusta.lovelace', 'charles.babbage'],
          notifications: { emails: ['aws-security-alerts@example-company.com'] },
          accountSettings: { contacts: { security: CONTACT } },
        }),
    ],
    ['standalone', standalone],
  ])('of the %s kind fits without a bucket, minified and as the CDK command line sends it', (_, build) => {
    const template = build().toJSON();
    expect(Buffer.byteLength(JSON.stringify(template))).toBeLessThanOrEqual(LIMIT);
    // As aws-cdk does: schema and line width are its own. The e2e suite compares what really arrives.
    expect(Buffer.byteLength(stringify(template, { schema: 'yaml-1.1', lineWidth: 0 }))).toBeLessThanOrEqual(
      LIMIT,
    );
  });

  test('has ids that people can read, and the hash only where letters and digits don’t tell them apart', () => {
    const names = ids(baselineTemplate({ administrators: ['alice', 'bob.b', 'bobb'] }), 'AWS::IAM::User');
    expect(names).toEqual([
      'AdminAccessaliceUser',
      'AdminAccessbobbUser',
      expect.stringMatching(/^AdminAccessbobbUser[0-9A-F]{8}$/),
    ]);
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
  ['AWS::S3::Bucket', ['AuditTrailAccessLogs', 'AuditTrailBucket']],
  ['AWS::KMS::Key', ['Key']],
  ['AWS::CloudTrail::Trail', ['AuditTrailTrail']],
  ['AWS::Logs::LogGroup', ['AuditTrailLogGroup', 'FunctionLogs']],
  ['AWS::SNS::Topic', ['NotificationsAlarmTopic', 'NotificationsTopic']],
  ['AWS::IAM::Group', ['AdminAccessGroup']],
  ['AWS::IAM::User', ['AdminAccessaliceUser']],
  ['Custom::Former', ['SettingsFormer']],
  ['Custom::PasswordPolicy', ['PasswordPolicy']],
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

  test('adds detectors, and evidence of its own, to a stack that stays the same otherwise', () => {
    const types = (profile: 'standard' | 'strict') => {
      const { Resources } = PROFILE[profile].toJSON() as {
        Resources: Record<string, { Type: string }>;
      };
      return Object.entries(Resources).map(([id, { Type }]) => `${id}: ${Type}`);
    };
    const standard = types('standard');
    const strict = types('strict');
    expect(standard.filter((resource) => !strict.includes(resource))).toEqual([]);
    expect(strict.filter((resource) => !standard.includes(resource))).toEqual([
      'ConfigRoleFunctionRole: AWS::IAM::Role',
      'ConfigRoleFunction: AWS::Lambda::Function',
      'ConfigRoleFunctionEventInvokeConfig: AWS::Lambda::EventInvokeConfig',
      'ConfigRoleFunctionFormer: Custom::Former',
      'ConfigRole: Custom::ConfigServiceRole',
      'ConfigRecorderBucket: AWS::S3::Bucket',
      'ConfigRecorderBucketPolicy: AWS::S3::BucketPolicy',
      'ConfigRecorderRecorder: AWS::Config::ConfigurationRecorder',
      'ConfigRecorderChannel: AWS::Config::DeliveryChannel',
      'GuardDuty: AWS::GuardDuty::Detector',
      'SecurityHub: AWS::SecurityHub::Hub',
      'Findings: AWS::Events::Rule',
    ]);
  });

  test.each([
    [{}, 'aws.securityhub'],
    [{ securityHub: false }, 'aws.guardduty'],
    [{ guardDuty: false }, 'aws.securityhub'],
  ])('in strict with %j tells a finding once, from %s', (detectors, source) => {
    const template = baselineTemplate({ profile: 'strict', detectors });
    template.resourceCountIs('AWS::Events::Rule', 1);
    template.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: { source: [source] },
      Targets: [Match.objectLike({ Arn: { Ref: 'NotificationsTopic' } })],
    });
    expect(statements(template, 'AWS::SNS::TopicPolicy')).toContainEqual(
      expect.objectContaining({
        Principal: { Service: 'events.amazonaws.com' },
        Condition: { ArnEquals: { 'aws:SourceArn': { 'Fn::Sub': '${Findings.Arn}' } } },
      }),
    );
  });

  test('leaves a detector out where the account has its own, and the rule with the last of those that find', () => {
    const template = baselineTemplate({
      profile: 'strict',
      detectors: { configRecorder: false, guardDuty: false, securityHub: false },
    });
    for (const type of [
      'AWS::Config::ConfigurationRecorder',
      'AWS::Config::DeliveryChannel',
      'AWS::GuardDuty::Detector',
      'AWS::SecurityHub::Hub',
      'AWS::Events::Rule',
    ]) {
      template.resourceCountIs(type, 0);
    }
    expect(JSON.stringify(template.toJSON())).not.toMatch(/"Service":[^}]*(events|config)\./);
  });

  test('logs data events of no bucket of the baseline', () => {
    const template = PROFILE.strict;
    const buckets = ids(template, 'AWS::S3::Bucket');
    expect(buckets).toHaveLength(3);
    template.hasResourceProperties('AWS::CloudTrail::Trail', {
      AdvancedEventSelectors: Match.arrayWith([
        Match.objectLike({
          FieldSelectors: Match.arrayWith([
            {
              Field: 'resources.ARN',
              NotStartsWith: ['AuditTrailBucket', 'AuditTrailAccessLogs', 'ConfigRecorderBucket'].map(
                (id) => ({ 'Fn::Sub': `\${${id}.Arn}/` }),
              ),
            },
          ]),
        }),
      ]),
    });
  });

  test('keeps the recorder’s bucket as long as the other evidence', () => {
    const policy = (keepOnRemoval: boolean) =>
      baselineTemplate({ profile: 'strict', auditTrail: { keepOnRemoval } }).findResources('AWS::S3::Bucket')[
        'ConfigRecorderBucket'
      ]?.['DeletionPolicy'] as unknown;
    expect([policy(true), policy(false)]).toEqual(['Retain', undefined]);
  });

  test('guards the detectors where there are some', () => {
    const guard = (profile: 'standard' | 'strict') =>
      JSON.stringify(PROFILE[profile].findResources('AWS::IAM::Policy'));
    for (const text of [
      'config:StopConfigurationRecorder',
      'guardduty:DeleteDetector',
      'securityhub:DisableSecurityHub',
      'detector/${GuardDuty}',
      '${ConfigRecorderBucket.Arn}/*',
    ]) {
      expect(guard('strict')).toContain(text);
      expect(guard('standard')).not.toContain(text);
    }
  });

  test('admits no service to a bucket, topic or key but for this account or its one rule', () => {
    const admitted = [
      ...statements(PROFILE.strict, 'AWS::KMS::Key', 'KeyPolicy'),
      ...statements(PROFILE.strict, 'AWS::S3::BucketPolicy'),
      ...statements(PROFILE.strict, 'AWS::SNS::TopicPolicy'),
    ].filter(
      ({ Effect, Principal }) => Effect === 'Allow' && JSON.stringify(Principal).includes('"Service"'),
    );
    expect(admitted).toHaveLength(12);
    const ours = /AWS::AccountId|\$\{Findings\.Arn\}/;
    expect(admitted.filter(({ Condition }) => !ours.test(JSON.stringify(Condition ?? '')))).toEqual([]);
  });

  test('never makes the group’s policies longer than the 5,120 characters that IAM takes', () => {
    const policies = Object.values(PROFILE.strict.findResources('AWS::IAM::Policy'));
    const text = JSON.stringify(policies.map((policy) => policy['Properties'] as unknown))
      // Each reference as long as the longest ARN that CloudFormation makes of a name here.
      .replaceAll(/\{"Ref":"\w+"\}/g, `"${'x'.repeat(115)}"`)
      .replaceAll(/\{"Fn::Sub":("[^"]*")\}/g, '$1')
      .replaceAll(/\$\{\w+\.Arn\}/g, 'x'.repeat(115))
      .replaceAll(/\$\{[\w:]+\}/g, 'x'.repeat(25));
    expect(text).not.toContain('Fn::');
    expect(text.length).toBeLessThanOrEqual(5_120);
  });

  test('guards the alarms as well as what feeds them', () => {
    expect(statements(baselineTemplate(), 'AWS::IAM::Policy')).toContainEqual(
      expect.objectContaining({
        Effect: 'Deny',
        Action: expect.arrayContaining([
          'cloudwatch:DeleteAlarms',
          'cloudtrail:StopLogging',
          'logs:Delete*',
          'kms:ScheduleKeyDeletion',
          's3:Delete*',
          'sns:DeleteTopic',
        ]) as unknown,
        Resource: expect.arrayContaining([
          { Ref: 'NotificationsTopic' },
          { Ref: 'NotificationsAlarmTopic' },
          { 'Fn::Sub': '${AuditTrailBucket.Arn}/*' },
          { 'Fn::Sub': '${AuditTrailLogGroup.Arn}' },
          { 'Fn::Sub': '${Key.Arn}' },
          {
            'Fn::Sub':
              'arn:${AWS::Partition}:cloudwatch:${AWS::Region}:${AWS::AccountId}:alarm:${AWS::StackName}-*',
          },
        ]) as unknown,
      }),
    );
  });

  test('turns a detection off, or gives it an alarm of its own', () => {
    const template = baselineTemplate({
      detections: { ChangedByHand: false, CallDenied: { threshold: 100, severity: 'high' } },
    });
    expect(ids(template, 'AWS::Logs::MetricFilter')).not.toContain('AlarmsOnChangedByHand');
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmDescription: Match.stringLikeRegexp('^HIGH: Call denied\n'),
      MetricName: 'CallDenied',
      Threshold: 100,
    });
    template.hasResourceProperties('AWS::Logs::MetricFilter', {
      MetricTransformations: [Match.objectLike({ MetricName: 'CallDenied', MetricValue: '1' })],
    });
  });

  test('adds chat channels, tools and news of the end of an alarm, and nothing of them otherwise', () => {
    const template = baselineTemplate({
      accountName: 'acme-prod',
      notifications: {
        emails: ['security@example.com'],
        httpsEndpoints: ['https://alerts.example.com/aws'],
        slack: { workspaceId: 'T0123', channelId: 'C0123' },
        tellWhenOver: true,
        runbooks: 'https://git.example.com/runbooks/',
      },
    });
    template.hasResourceProperties('AWS::SNS::Subscription', {
      Protocol: 'https',
      Endpoint: 'https://alerts.example.com/aws',
    });
    template.hasResourceProperties('AWS::Chatbot::SlackChannelConfiguration', {
      SnsTopicArns: [{ Ref: 'NotificationsTopic' }, { Ref: 'NotificationsChatTopic' }],
    });
    template.allResourcesProperties('AWS::CloudWatch::Alarm', {
      OKActions: [{ Ref: 'NotificationsAlarmTopic' }],
    });
    template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: {
        Variables: Match.objectLike({ CHAT_TOPIC: { Ref: 'NotificationsChatTopic' } }),
      },
      Code: { ZipFile: Match.stringLikeRegexp('acme-prod.*https://git.example.com/runbooks/alarms.md') },
    });
    const plain = baselineTemplate();
    plain.resourceCountIs('AWS::Chatbot::SlackChannelConfiguration', 0);
    plain.resourceCountIs('AWS::SNS::Topic', 2);
    plain.allResourcesProperties('AWS::CloudWatch::Alarm', { OKActions: Match.absent() });
  });

  test('saves the key', () => {
    const template = baselineTemplate({ customerKey: false });
    template.resourceCountIs('AWS::KMS::Key', 0);
    template.hasResourceProperties('AWS::SNS::Topic', { KmsMasterKeyId: Match.absent() });
  });

  test('lets evidence go with the stack', () => {
    const template = baselineTemplate({ auditTrail: { keepOnRemoval: false } });
    // Delete is what CloudFormation does by default.
    template.allResources('AWS::S3::Bucket', { DeletionPolicy: Match.absent() });
    template.allResources('AWS::KMS::Key', { DeletionPolicy: Match.absent() });
  });

  test('sets the retention', () => {
    baselineTemplate({ auditTrail: { logGroupRetentionDays: 731 } }).hasResourceProperties(
      'AWS::Logs::LogGroup',
      {
        RetentionInDays: 731,
      },
    );
  });

  test('leaves Security Hub without a tag whose key it does not take', () => {
    const template = baselineTemplate({ profile: 'strict', tags: { 'cost center': '7', team: 'platform' } });
    template.hasResourceProperties('AWS::SecurityHub::Hub', { Tags: { team: 'platform' } });
    template.hasResourceProperties('AWS::SNS::Topic', {
      Tags: [
        { Key: 'cost center', Value: '7' },
        { Key: 'team', Value: 'platform' },
      ],
    });
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
      'NotificationTopic',
      'ReadPasswordalice',
      'ReadPasswordbobb',
      'ReadPasswordbobb2',
      'SignInUrl',
      'SupportRole',
      'TrailBucket',
    ]);
  });

  test('tell apart names of the same letters, whatever their order', () => {
    const administrators = ['bob2', 'bob', 'bob.', 'bob@'];
    const outputs = Object.keys(baselineTemplate({ administrators }).findOutputs('*'));
    expect(outputs.filter((name) => name.startsWith('ReadPassword'))).toEqual([
      'ReadPasswordbob2',
      'ReadPasswordbob',
      'ReadPasswordbob3',
      'ReadPasswordbob4',
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
