import { SMALLEST_ORGANIZATION } from '../organization/smallest-organization';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { stringify } from 'yaml';
import type { BaselineOptions } from '../../lib/config/config';
import { PROFILES } from '../../lib/config/profiles';
import { SIGNALS } from '../../lib/detections/signals';
import { STACK_KINDS } from '../../lib/stacks/stack-kinds';
import { CHANNEL_EXAMPLES, EVERYTHING } from '../everything';
import { ROWS } from '../settings/switches';
import { DEFAULT_LIMIT, LIMIT } from '../template-limits';
import { baselineStacks, baselineTemplate, stackTemplate, statements, suiteTemplates } from '../synth';

/** As aws-cdk sends it: schema and line width are its own. The e2e suite compares what really arrives. */
const bytesSent = (template: Template): number =>
  Buffer.byteLength(stringify(template.toJSON(), { schema: 'yaml-1.1', lineWidth: 0 }));

const sizes = (options: Partial<BaselineOptions>): Record<string, number> =>
  Object.fromEntries(
    Object.entries(suiteTemplates(options)).map(([kind, template]) => [kind, bytesSent(template)]),
  );

/** As large as a configuration gets, with names as people have them: ten administrators, five viewers. */
const LARGEST: Partial<BaselineOptions> = {
  ...EVERYTHING,
  administrators: Array.from({ length: 10 }, (_, index) => `augusta.lovelace.${index}`),
  billing: {
    viewers: Array.from({ length: 5 }, (_, index) => `charles.babbage.${index}`),
    costAnomalyDetection: true,
  },
  notifications: {
    ...CHANNEL_EXAMPLES,
    emails: ['security', 'operations', 'finance'].map((name) => `aws-${name}-alerts@example-company.com`),
  },
};

/** Synthesized once, for the tests that only read. */
const PROFILE = {
  free: baselineTemplate({ profile: 'free' }),
  standard: baselineTemplate({ profile: 'standard' }),
  strict: baselineTemplate({ profile: 'strict' }),
};

const ids = (template: Template, type: string): string[] => Object.keys(template.findResources(type)).sort();

describe('the template', () => {
  test.each(PROFILES.flatMap((profile) => STACK_KINDS.map((kind) => ({ profile, kind }))))(
    'of $kind in the $profile profile matches its snapshot',
    ({ profile, kind }) => {
      // Every release changes the metadata, which provenance.test.ts has.
      const template = { ...suiteTemplates({ profile })[kind]?.toJSON(), Metadata: undefined };
      expect(template).toMatchSnapshot();
    },
  );

  test('of the standard profile is that of the smallest configuration', () => {
    expect(PROFILE.standard.toJSON()).toEqual(baselineTemplate().toJSON());
  });

  test('of each stack of the default configuration leaves room in what CloudFormation takes without a bucket', () => {
    expect(Object.entries(sizes({})).filter(([, bytes]) => bytes > DEFAULT_LIMIT)).toEqual([]);
  });

  test('of each stack of the largest configuration is sent without a bucket', () => {
    const largest = sizes(LARGEST);
    expect(Object.keys(largest)).toEqual(STACK_KINDS);
    expect(Object.entries(largest).filter(([, bytes]) => bytes > LIMIT)).toEqual([]);
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
    for (const template of Object.values(suiteTemplates(EVERYTHING))) {
      const json = template.toJSON() as Record<string, unknown>;
      expect(json['Parameters']).toBeUndefined();
      expect(json['Rules']).toBeUndefined();
      expect(JSON.stringify(json)).not.toMatch(/cdk-hnb659fds-assets|CdkBootstrap/);
    }
    for (const stack of baselineStacks()) {
      expect(stack.synthesizer.constructor.name).toBe('LegacyStackSynthesizer');
    }
  });

  test('names no partition, account or Region', () => {
    const text = JSON.stringify(baselineTemplate().toJSON());
    expect(text).not.toMatch(/arn:aws[:-]/);
    expect(text).not.toMatch(/\b\d{12}\b/);
    // That stack is in one Region, whichever the home Region is.
    for (const [kind, template] of Object.entries(suiteTemplates())) {
      if (kind !== 'RootNotice') expect(JSON.stringify(template.toJSON())).not.toMatch(/us-east-1/);
    }
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
  [
    'AWS::Logs::LogGroup',
    ['AlarmsFunctionLogs', 'AuditTrailLogGroup', 'SettingsFunctionLogs', 'SummaryFunctionLogs'],
  ],
  ['AWS::SNS::Topic', ['NotificationsAlarmTopic', 'NotificationsTopic']],
  ['AWS::IAM::Group', ['AdminAccessGroup']],
  ['AWS::IAM::User', ['AdminAccessaliceUser']],
  ['Custom::PasswordPolicy', ['PasswordPolicy']],
])('the logical ids of %s stay', (type, expected) => {
  expect(ids(baselineTemplate(), type)).toEqual(expected);
});

describe('the suite', () => {
  test.each<[string, Partial<BaselineOptions>, string[]]>([
    [
      'by default',
      {},
      [
        'Settings',
        'Access',
        'Audit',
        'Detections',
        'Attempts',
        'Alarms',
        'Spend',
        'Watchdog',
        'Summary',
        'RootNotice',
      ],
    ],
    [
      'with detectors',
      { profile: 'strict' },
      STACK_KINDS.filter(
        (kind) =>
          ![
            'Networks',
            'Roles',
            'Pipelines',
            'Delegation',
            'IdentityCenter',
            'BreakGlass',
            'Services',
            'Organization',
            'Members',
            'OrganizationDetectors',
          ].includes(kind),
      ),
    ],
    [
      'with pipelines',
      { federation: { pipelines: { github: [{ repository: 'acme/website' }] } } },
      [
        'Settings',
        'Access',
        'Pipelines',
        'Audit',
        'Detections',
        'Attempts',
        'Alarms',
        'Spend',
        'Watchdog',
        'Summary',
        'RootNotice',
      ],
    ],
    [
      'with changes of the default networks',
      { accountSettings: { emptyDefaultSecurityGroups: true } },
      [
        'Settings',
        'Access',
        'Audit',
        'Detections',
        'Attempts',
        'Alarms',
        'Spend',
        'Watchdog',
        'Summary',
        'RootNotice',
        'Networks',
      ],
    ],
    [
      'with an existing trail',
      { auditTrail: { existingLogGroup: 'theirs' } },
      [
        'Settings',
        'Access',
        'Audit',
        'Detections',
        'Attempts',
        'Alarms',
        'Spend',
        'Watchdog',
        'Summary',
        'RootNotice',
      ],
    ],
    [
      'with an existing trail and no key',
      { auditTrail: { existingLogGroup: 'theirs' }, customerKey: false },
      [
        'Settings',
        'Access',
        'Detections',
        'Attempts',
        'Alarms',
        'Spend',
        'Watchdog',
        'Summary',
        'RootNotice',
      ],
    ],
  ])('has, %s, the stacks that it needs, named by the prefix', (_, options, kinds) => {
    expect(baselineStacks({ ...options, stackName: 'Base' }).map(({ stackName }) => stackName)).toEqual(
      kinds.map((kind) => `Base-${kind}`),
    );
  });

  test('with an existing trail keeps of Audit the key alone', () => {
    const audit = stackTemplate('Audit', { auditTrail: { existingLogGroup: 'theirs' } });
    expect(audit.findResources('AWS::KMS::Key')).toHaveProperty('Key');
    expect(Object.keys((audit.toJSON() as { Resources: object }).Resources)).toEqual(['Key', 'KeyAlias']);
  });

  test('refers to earlier stacks only, by outputs that hold no stack back', () => {
    const referred = Object.entries(suiteTemplates(EVERYTHING)).map(([kind, template]) => {
      const text = JSON.stringify(template.toJSON());
      // People need their roles: CloudFormation must not delete these while Access needs them.
      expect(text.includes('Fn::ImportValue')).toBe(kind === 'Access');
      expect(Object.keys(template.findOutputs('*', { Export: Match.anyValue() }))).toEqual(
        kind === 'Roles' ? ['PeopleGroupName'] : [],
      );
      const names = [...text.matchAll(/"Fn::GetStackOutput":\{"StackName":"AccountBaseline-(\w+)"/g)];
      return [kind, [...new Set(names.map(([, name]) => name))].sort()];
    });
    expect(Object.fromEntries(referred)).toEqual({
      Settings: [],
      Roles: [],
      Access: [],
      Pipelines: [],
      Delegation: [],
      IdentityCenter: [],
      BreakGlass: [],
      Services: [],
      Audit: [],
      Detections: ['Audit'],
      Attempts: ['Audit'],
      Alarms: ['Audit'],
      Spend: ['Alarms'],
      Watchdog: ['Alarms', 'Audit'],
      Summary: ['Alarms', 'Audit'],
      RootNotice: [],
      Detectors: ['Alarms', 'Audit'],
      Networks: [],
      Organization: [],
      Members: [],
      OrganizationDetectors: [],
    });
  });

  test.each([
    [true, ['AccountBaseline-Services']],
    [false, []],
  ])('needs services for the trail only if it is that of the organization: %s', (trail, needed) => {
    const stacks = baselineStacks({ organization: { id: 'o-a1b2c3d4e5', rootId: 'r-a1b2', trail } });
    const audit = stacks.find(({ stackName }) => stackName.endsWith('-Audit'));
    expect(audit?.dependencies.map(({ stackName }) => stackName)).toEqual(needed);
  });

  test('gives each inline policy of a group a name of its own, or one stack would overwrite that of another', () => {
    const ofGroups = baselineStacks(EVERYTHING).flatMap((stack) => {
      const { Resources } = Template.fromStack(stack).toJSON() as {
        Resources: Record<string, { Type: string; Properties?: { Groups?: unknown[]; PolicyName?: string } }>;
      };
      return Object.values(Resources)
        .filter(({ Type }) => Type === 'AWS::IAM::Policy')
        .flatMap(({ Properties = {} }) =>
          (Properties.Groups ?? []).map((group) => `${JSON.stringify(group)} ${Properties.PolicyName ?? ''}`),
        );
    });
    expect(ofGroups.length).toBeGreaterThan(5);
    expect([...new Set(ofGroups)]).toEqual(ofGroups);
  });

  test('describes every stack', () => {
    for (const stack of baselineStacks(EVERYTHING)) {
      expect(stack.templateOptions.description).toMatch(/^Account baseline: /);
    }
  });

  test('takes its configured tags nowhere but to resources', () => {
    for (const { tags } of baselineStacks({ tags: { team: 'platform' } })) expect(tags.hasTags()).toBe(false);
  });
});

describe('a switch', () => {
  test('takes an existing trail’s log group, and no second trail is paid for', () => {
    const template = baselineTemplate({ auditTrail: { existingLogGroup: 'theirs/trail' } });
    template.resourceCountIs('AWS::CloudTrail::Trail', 0);
    template.resourceCountIs('AWS::S3::Bucket', 0);
    template.hasResourceProperties('AWS::Logs::MetricFilter', { LogGroupName: 'theirs/trail' });
  });

  test.each([
    [{}, ['budgets', 'cloudwatch', 'events']],
    [{ billing: { monthlyBudgetUsd: false as const } }, ['cloudwatch', 'events']],
    [
      { region: 'us-east-1', billing: { costAnomalyDetection: true } },
      ['budgets', 'cloudwatch', 'costalerts', 'events'],
    ],
  ])('%j admits to the topics only the services that publish', (options, services) => {
    const admitted = statements(baselineTemplate(options), 'AWS::SNS::TopicPolicy').flatMap(
      ({ Effect, Principal }) =>
        Effect === 'Allow' ? (Principal as { Service: string | string[] }).Service : [],
    );
    expect([...new Set(admitted)].sort()).toEqual(services.map((service) => `${service}.amazonaws.com`));
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
    expect(strict.filter((resource) => !standard.includes(resource)).sort()).toEqual([
      'ConfigRecorderBucket: AWS::S3::Bucket',
      'ConfigRecorderBucketPolicy: AWS::S3::BucketPolicy',
      'ConfigRecorderChannel: AWS::Config::DeliveryChannel',
      'ConfigRecorderRecorder: AWS::Config::ConfigurationRecorder',
      'ConfigRole: Custom::ConfigServiceRole',
      'ConfigRoleFunction: AWS::Lambda::Function',
      'ConfigRoleFunctionEventInvokeConfig: AWS::Lambda::EventInvokeConfig',
      'ConfigRoleFunctionRole: AWS::IAM::Role',
      'ConfigRolePermissions: AWS::IAM::Policy',
      'DetectorsFunctionLogs: AWS::Logs::LogGroup',
      'Findings: AWS::Events::Rule',
      'GuardDuty: AWS::GuardDuty::Detector',
      'SecurityHub: AWS::SecurityHub::Hub',
    ]);
  });

  test.each([
    [{}, 'aws.securityhub'],
    [{ securityHub: false }, 'aws.guardduty'],
    [{ guardDuty: false }, 'aws.securityhub'],
  ])('in strict with %j tells a finding once, from %s', (detectors, source) => {
    const options = { profile: 'strict' as const, detectors };
    stackTemplate('Detectors', options).resourceCountIs('AWS::Events::Rule', 1);
    baselineTemplate(options).hasResourceProperties('AWS::Events::Rule', {
      EventPattern: { source: [source] },
      Targets: [Match.objectLike({ Arn: { Ref: 'NotificationsTopic' } })],
    });
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
    ]) {
      template.resourceCountIs(type, 0);
    }
    expect(Object.keys(template.findResources('AWS::Events::Rule'))).not.toContain('Findings');
    expect(JSON.stringify(template.toJSON())).not.toMatch(/"Service":[^}]*config\./);
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
              NotStartsWith: [
                { 'Fn::Sub': '${AuditTrailBucket.Arn}/' },
                { 'Fn::Sub': '${AuditTrailAccessLogs.Arn}/' },
                // That of the recorder, in a later stack.
                { 'Fn::Sub': 'arn:${AWS::Partition}:s3:::accountbaseline-' },
              ],
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
    expect([policy(true), policy(false)]).toEqual(['Retain', 'Delete']);
  });

  test('guards the detectors where there are some', () => {
    const guard = (profile: 'standard' | 'strict') =>
      JSON.stringify(PROFILE[profile].findResources('AWS::IAM::Policy'));
    for (const text of [
      'config:StopConfigurationRecorder',
      'guardduty:DeleteDetector',
      'securityhub:DisableSecurityHub',
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
    expect(admitted).toHaveLength(16);
    const ours = /AWS::AccountId/;
    expect(admitted.filter(({ Condition }) => !ours.test(JSON.stringify(Condition ?? '')))).toEqual([]);
  });

  test('never makes the group’s policies longer than the 5,120 characters that IAM takes', () => {
    const policies = Object.values(PROFILE.strict.findResources('AWS::IAM::Policy')).filter(
      (policy) => 'Groups' in (policy['Properties'] as object),
    );
    const text = JSON.stringify(policies.map((policy) => policy['Properties'] as unknown))
      // Each reference as long as the longest ARN that CloudFormation makes of a name here.
      .replaceAll(/\{"(Ref|Fn::GetAtt)":("\w+"|\["\w+","Arn"\])\}/g, `"${'x'.repeat(115)}"`)
      .replaceAll(/\{"Fn::Sub":("[^"]*")\}/g, '$1')
      .replaceAll(/\$\{\w+\.Arn\}/g, 'x'.repeat(115))
      .replaceAll(/\$\{[\w:]+\}/g, 'x'.repeat(25));
    expect(text).not.toContain('Fn::');
    expect(text.length).toBeLessThanOrEqual(5_120);
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
        notifyOnOk: true,
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
    const alarms = Object.entries(template.findResources('AWS::CloudWatch::Alarm'));
    // The recipients get the heartbeat unmodified, and its end without the reason says little.
    expect(
      alarms.filter(([, { Properties }]) => !('OKActions' in (Properties as object))).map(([id]) => id),
    ).toEqual(['Heartbeat']);
    template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: {
        Variables: Match.objectLike({ CHAT_TOPIC: { Ref: 'NotificationsChatTopic' } }),
      },
      Code: { ZipFile: Match.stringLikeRegexp('"acme-prod"[^]*"https://git.example.com/runbooks/"') },
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
  test('say where to sign in, how to read each first password once, how to delete it, and what was not changed', () => {
    const templates = suiteTemplates({ administrators: ['alice', 'bob.b', 'bobb'] });
    const outputs = Object.values(templates).flatMap((template) => Object.keys(template.findOutputs('*')));
    const forOtherStacks = [
      ...['Key', 'KeyArn', 'TrailLogGroupArn', 'NotificationsAlarmTopic'],
      ...['NotificationsExplainer', ...SIGNALS.map(({ id }) => `${id}Arn`)],
    ];
    expect(outputs.filter((name) => !forOtherStacks.includes(name)).sort()).toEqual([
      'ActivateBillingAccess',
      ...ROWS.filter((one) => one.isOn && one.mayBeLeftAlone)
        .map(({ name }) => `LeftAlone${name}`)
        .sort(),
      'NotificationsTopic',
      'ReadPasswordalice',
      'ReadPasswordbobb',
      'ReadPasswordbobb2',
      'SignInUrl',
      'SupportRoleName',
      'TrailBucket',
      'TrailLogGroup',
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

test('every stack is protected against deletion unless configured otherwise', () => {
  const protection = (options: Partial<BaselineOptions>) => [
    ...new Set(
      baselineStacks({ ...EVERYTHING, ...options }).map(({ terminationProtection }) => terminationProtection),
    ),
  ];
  expect(protection({})).toEqual([true]);
  expect(protection({ terminationProtection: false })).toEqual([false]);
});

test('the weekly summary expects the trail of the organization only if the configuration has one', () => {
  const expects = (options: Partial<BaselineOptions>) =>
    JSON.stringify(stackTemplate('Summary', options)).includes('!found.IsOrganizationTrail');
  expect(expects({ organization: SMALLEST_ORGANIZATION })).toBe(true);
  expect(expects({ organization: { ...SMALLEST_ORGANIZATION, trail: false } })).toBe(false);
  expect(expects({})).toBe(false);
});
