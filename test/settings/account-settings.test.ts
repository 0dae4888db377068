import { Duration, Stack } from 'aws-cdk-lib';
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { AccountSettings, type AccountSettingsProps } from '../../lib/settings/account-settings';
import { AccountSettingFunction, type SettingFunctionProps } from '../../lib/settings/setting-function';
import { rolePolicies, templateOf } from '../synth';

const ON_BY_DEFAULT = [
  'S3PublicAccessBlock',
  'EbsEncryption',
  'ImdsV2',
  'SnapshotPublicAccessBlock',
  'AmiPublicAccessBlock',
  'SerialConsoleOff',
  'AccessAnalyzer',
];

type Options = Omit<AccountSettingsProps, 'handler'> & {
  readonly handler?: Pick<SettingFunctionProps, 'regions' | 'dailyCheck'>;
};

/** The template of the settings with the function that sets those that are on by default. */
function templateWith({ handler, ...props }: Options = {}): Template {
  return templateOf((scope) => {
    const settings = new AccountSettingFunction(scope, 'Handler', handler);
    new AccountSettings(scope, 'Account', { handler: settings, ...props });
  });
}

interface CustomResource {
  readonly Type: string;
  readonly DeletionPolicy?: string;
  readonly Properties: Record<string, unknown>;
}

/** The resources of settings, by the name of the setting. */
function settingsIn(template: Template): Record<string, CustomResource> {
  const { Resources } = template.toJSON() as { Resources: Record<string, CustomResource> };
  return Object.fromEntries(
    Object.values(Resources)
      .filter(({ Type }) => Type.startsWith('Custom::'))
      .map((resource) => [resource.Type.slice('Custom::'.length), resource]),
  );
}

const namesIn = (template: Template) => Object.keys(settingsIn(template)).filter((name) => name !== 'Former');

describe('by default', () => {
  const template = templateWith();
  const { Former, ...settings } = settingsIn(template);

  test('every setting is on that asks nothing of anybody', () => {
    expect(namesIn(template)).toEqual(ON_BY_DEFAULT);
  });

  test('one resource remembers all of them, and each knows what it remembers', () => {
    expect(Former?.Properties['Settings']).toBe(ON_BY_DEFAULT.join(' '));
    for (const { Properties } of Object.values(settings)) {
      expect(Properties['Former']).toEqual({ Ref: expect.stringMatching(/Former/) as string });
    }
  });

  test('they are for all Regions, restored when they go, and their values are the function’s', () => {
    for (const { Properties, DeletionPolicy } of Object.values(settings)) {
      expect(Object.keys(Properties).sort()).toEqual(['Former', 'ServiceTimeout', 'ServiceToken']);
      expect(DeletionPolicy).toBe('Delete');
    }
  });

  test('CloudFormation waits longer than the function may take, and not an hour', () => {
    template.hasResourceProperties('AWS::Lambda::Function', { Timeout: Duration.minutes(5).toSeconds() });
    expect(Former?.Properties['ServiceTimeout']).toBe('360');
  });

  test('one function serves them, and nothing calls it by the clock', () => {
    template.resourceCountIs('AWS::Lambda::Function', 1);
    template.resourceCountIs('AWS::Events::Rule', 0);
  });
});

describe('a switch', () => {
  test.each<[option: keyof AccountSettingsProps, name: string]>([
    ['s3PublicAccessBlock', 'S3PublicAccessBlock'],
    ['ebsEncryption', 'EbsEncryption'],
    ['requireImdsV2', 'ImdsV2'],
    ['snapshotPublicAccessBlock', 'SnapshotPublicAccessBlock'],
    ['amiPublicAccessBlock', 'AmiPublicAccessBlock'],
    ['serialConsoleOff', 'SerialConsoleOff'],
    ['accessAnalyzer', 'AccessAnalyzer'],
  ])('%s takes away %s alone, and none of the permissions: it must still be restored', (option, name) => {
    const [all, without] = [templateWith(), templateWith({ [option]: false })];
    expect(namesIn(without)).toEqual(ON_BY_DEFAULT.filter((one) => one !== name));
    expect(rolePolicies(without)).toEqual(rolePolicies(all));
  });

  test('keepOnRemoval leaves every setting when it goes, and nothing else', () => {
    const { Former, ...settings } = settingsIn(
      templateWith({
        keepOnRemoval: true,
        alias: 'acme',
        removeDefaultVpcs: true,
        contacts: { security: CONTACT },
      }),
    );
    for (const { DeletionPolicy } of Object.values(settings)) expect(DeletionPolicy).toBe('Retain');
    expect(Former?.DeletionPolicy).toBe('Delete');
  });

  test('regions are what every setting is for, and what is remembered', () => {
    const regions = ['eu-central-1', 'us-east-1'];
    const template = templateWith({ handler: { regions }, regions, removeDefaultVpcs: true });
    for (const { Properties } of Object.values(settingsIn(template))) {
      expect(Properties['Regions']).toBe('eu-central-1 us-east-1');
    }
  });
});

const CONTACT = { name: 'Ada Lovelace', title: 'CISO', email: 'ada@example.com', phone: '+49 30 1' };

test('Regions of which none is named are refused: nothing would be set, and nobody told', () => {
  expect(() => templateWith({ handler: { regions: [] } })).toThrow(
    new Error('regions must name at least one Region, got none'),
  );
});

describe('contacts', () => {
  test.each([
    ['security', 'SecurityContact'],
    ['billing', 'BillingContact'],
    ['operations', 'OperationsContact'],
  ])('%s is a setting of its own, as the request of AWS has it', (who, name) => {
    const template = templateWith({ contacts: { [who]: CONTACT } });
    expect(namesIn(template)).toEqual([...ON_BY_DEFAULT, name]);
    expect(JSON.parse(String(settingsIn(template)[name]?.Properties['Value']))).toEqual({
      Name: 'Ada Lovelace',
      Title: 'CISO',
      EmailAddress: 'ada@example.com',
      PhoneNumber: '+49 30 1',
    });
  });
});

describe('the role of the function', () => {
  const [log, unlimited, analyzers, ...others] = rolePolicies(templateWith());

  test('has three statements: its log, settings that know no resource, and analyzers', () => {
    expect(log?.Action).toEqual(['logs:CreateLogStream', 'logs:PutLogEvents']);
    expect(unlimited?.Resource).toBe('*');
    expect(others).toEqual([]);
  });

  test('makes and deletes the analyzer of the baseline only, and the role that analyzers have', () => {
    const partition = { Ref: 'AWS::Partition' };
    const account = { Ref: 'AWS::AccountId' };
    expect(analyzers).toEqual({
      Effect: 'Allow',
      Action: [
        'access-analyzer:CreateAnalyzer',
        'access-analyzer:DeleteAnalyzer',
        'iam:CreateServiceLinkedRole',
      ],
      Resource: [
        {
          'Fn::Join': ['', ['arn:', partition, ':access-analyzer:*:', account, ':analyzer/account-baseline']],
        },
        {
          'Fn::Join': [
            '',
            [
              'arn:',
              partition,
              ':iam::',
              account,
              ':role/aws-service-role/access-analyzer.amazonaws.com/AWSServiceRoleForAccessAnalyzer',
            ],
          ],
        },
      ],
    });
  });

  test('may not do what only the alias and the default networks need', () => {
    expect(JSON.stringify(unlimited)).not.toMatch(/Alias|Vpc|SecurityGroup|Describe(?!Regions)/);
  });
});

describe('the alias', () => {
  const template = templateWith({ alias: 'acme' });

  test('has a function of its own, which remembers it', () => {
    template.resourceCountIs('AWS::Lambda::Function', 2);
    template.resourcePropertiesCountIs('Custom::Former', { Settings: 'AccountAlias' }, 1);
    template.hasResourceProperties('Custom::AccountAlias', { Value: '"acme"' });
  });
});

describe('the default networks', () => {
  test.each<[options: Partial<AccountSettingsProps>, names: string[]]>([
    [{ removeDefaultVpcs: true }, ['DefaultVpc']],
    [{ emptyDefaultSecurityGroups: true }, ['DefaultSecurityGroups']],
    [{ removeDefaultVpcs: true, emptyDefaultSecurityGroups: true }, ['DefaultVpc', 'DefaultSecurityGroups']],
  ])('%j asks for %j, and tells what was left alone', (options, names) => {
    let leftAlone: Readonly<Record<string, string>> = {};
    const template = templateOf((scope) => {
      const handler = new AccountSettingFunction(scope, 'Handler');
      const settings = new AccountSettings(scope, 'Account', { handler, ...options });
      leftAlone = Stack.of(scope).resolve(settings.leftAlone) as typeof leftAlone;
    });
    expect(namesIn(template)).toEqual([...ON_BY_DEFAULT, ...names]);
    template.resourcePropertiesCountIs('Custom::Former', { Settings: names.join(' ') }, 1);
    expect(leftAlone).toEqual(
      Object.fromEntries(
        names.map((name) => [name, { 'Fn::GetAtt': [expect.stringMatching(name), 'LeftAlone'] }]),
      ),
    );
  });

  test('are deleted by a role that may delete networks of this account only', () => {
    const statement = rolePolicies(templateWith({ removeDefaultVpcs: true })).find(({ Action }) =>
      Action?.includes('ec2:DeleteVpc'),
    );
    const resources = JSON.stringify(statement?.Resource);
    expect(resources.match(/:ec2:\*:/g)).toHaveLength(4);
    expect(resources.match(/"AWS::AccountId"/g)).toHaveLength(4);
    for (const type of ['internet-gateway', 'security-group', 'subnet', 'vpc']) {
      expect(resources).toContain(`:${type}/*`);
    }
  });
});

describe('the daily check', () => {
  const checked = (encrypted = false) =>
    templateOf((scope) => {
      const encryptionKey = encrypted ? new Key(scope, 'Key') : undefined;
      const dailyCheck = { topic: new Topic(scope, 'People'), encryptionKey };
      const handler = new AccountSettingFunction(scope, 'Handler', {
        dailyCheck,
        regions: ['eu-central-1'],
      });
      new AccountSettings(scope, 'Account', {
        handler,
        dailyCheck,
        contacts: { security: CONTACT },
        requireImdsV2: false,
      });
    });

  test('calls the function once a day with what the resources ask for, but for what was there before', () => {
    const template = checked();
    const [rule, ...more] = Object.values(template.findResources('AWS::Events::Rule')) as {
      Properties: { ScheduleExpression: string; Targets: { Arn: unknown; Input: string }[] };
    }[];
    expect(more).toEqual([]);
    expect(rule?.Properties.ScheduleExpression).toBe('rate(1 day)');
    const [target] = rule?.Properties.Targets ?? [];
    expect(target?.Arn).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^Handler/), 'Arn'] });
    const { Check } = JSON.parse(String(target?.Input)) as {
      Check: { ResourceType: string; ResourceProperties: object }[];
    };
    const settings = Object.values(settingsIn(template)).filter(({ Type }) => Type !== 'Custom::Former');
    expect(Check).toEqual(
      settings.map(({ Type, Properties: { Value } }) => ({
        ResourceType: Type,
        ResourceProperties: { ...(Value === undefined ? {} : { Value }), Regions: 'eu-central-1' },
      })),
    );
    expect(Check.map(({ ResourceType }) => ResourceType)).not.toContain('Custom::ImdsV2');
  });

  test('may be called by its rule only', () => {
    checked().hasResourceProperties('AWS::Lambda::Permission', {
      Principal: 'events.amazonaws.com',
      SourceArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^HandlerDaily'), 'Arn'] },
    });
  });

  test('may tell the topic, and nobody else', () => {
    const [publish, ...more] = rolePolicies(checked()).filter(({ Action }) =>
      Action?.includes('sns:Publish'),
    );
    expect(more).toEqual([]);
    expect(publish?.Resource).toEqual({ Ref: expect.stringMatching(/^People/) as string });
    expect(JSON.stringify(rolePolicies(checked()))).not.toContain('kms:');
  });

  test('may use the key of an encrypted topic, through SNS only', () => {
    expect(rolePolicies(checked(true)).filter(({ Action }) => Action?.includes('kms:Decrypt'))).toEqual([
      {
        Sid: 'EncryptMessages',
        Effect: 'Allow',
        Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
        Resource: { 'Fn::GetAtt': [expect.stringMatching(/^Key/), 'Arn'] },
        Condition: {
          StringEquals: {
            'kms:ViaService': { 'Fn::Join': ['', ['sns.', { Ref: 'AWS::Region' }, '.amazonaws.com']] },
          },
        },
      },
    ]);
  });

  test('looks at the alias too', () => {
    const template = templateOf((scope) => {
      const dailyCheck = { topic: new Topic(scope, 'People') };
      const handler = new AccountSettingFunction(scope, 'Handler');
      new AccountSettings(scope, 'Account', { handler, dailyCheck, alias: 'acme' });
    });
    template.hasResourceProperties('AWS::Events::Rule', {
      Targets: [
        Match.objectLike({
          Input: JSON.stringify({
            Check: [{ ResourceType: 'Custom::AccountAlias', ResourceProperties: { Value: '"acme"' } }],
          }),
        }),
      ],
    });
  });
});
