import { Duration, Fn, Stack, Token } from 'aws-cdk-lib';
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { AccountSettings, type AccountSettingsProps } from '../../lib/settings/account-settings';
import { AccountSettingFunction, type SettingFunctionProps } from '../../lib/settings/setting-function';
import { SETTINGS } from '../../lib/settings/settings';
import { refused } from '../refused';
import { rolePolicies, statements, templateOf } from '../synth';
import { ROWS } from './switches';

/** test/config/config.test.ts spells out the defaults. */
const ON_BY_DEFAULT = ROWS.filter(({ isOn }) => isOn).map(({ name }) => name);

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

const namesIn = (template: Template) => Object.keys(settingsIn(template));

describe('by default', () => {
  const template = templateWith();
  const settings = settingsIn(template);

  test('every setting is on that asks nothing of anybody', () => {
    expect(namesIn(template)).toEqual(ON_BY_DEFAULT);
  });

  test('they are for all Regions, restored when they go, and their values are the function’s', () => {
    for (const { Properties, DeletionPolicy } of Object.values(settings)) {
      expect(Object.keys(Properties).sort()).toEqual(['ServiceTimeout', 'ServiceToken']);
      expect(DeletionPolicy).toBeUndefined();
    }
  });

  test('CloudFormation waits longer than the function may take, and not an hour', () => {
    template.hasResourceProperties('AWS::Lambda::Function', { Timeout: Duration.minutes(5).toSeconds() });
    for (const { Properties } of Object.values(settings)) expect(Properties['ServiceTimeout']).toBe('360');
  });

  test('one function serves them, and nothing calls it by the clock', () => {
    template.resourceCountIs('AWS::Lambda::Function', 1);
    template.resourceCountIs('AWS::Events::Rule', 0);
  });
});

describe('a switch', () => {
  test.each(ROWS)(
    '$option turns $name on or off, and its permissions alone',
    ({ option, name, permissions }) => {
      const [on, off] = [templateWith({ [option]: true }), templateWith({ [option]: false })];
      expect(namesIn(on)).toEqual(ROWS.filter((one) => one.isOn || one.name === name).map((one) => one.name));
      expect(namesIn(off)).toEqual(ON_BY_DEFAULT.filter((one) => one !== name));
      expect(rolePolicies(off)).toEqual(rolePolicies(on));
      const sids = (template: Template) => statements(template, 'AWS::IAM::Policy').map(({ Sid }) => Sid);
      expect(sids(on).filter((sid) => !sids(off).includes(sid))).toEqual(permissions.map(({ sid }) => sid));
    },
  );

  test('keepOnRemoval leaves every setting when it goes', () => {
    const settings = settingsIn(
      templateWith({
        keepOnRemoval: true,
        alias: 'acme',
        contacts: { security: CONTACT },
      }),
    );
    for (const { DeletionPolicy } of Object.values(settings)) expect(DeletionPolicy).toBe('Retain');
  });

  test('regions are what every setting of Regions is for', () => {
    const regions = ['eu-central-1', 'us-east-1'];
    const template = templateWith({ handler: { regions } });
    for (const [name, { Properties }] of Object.entries(settingsIn(template))) {
      const isOfRegions = ROWS.some((one) => one.name === name && one.setting.scope === 'Region');
      expect(Properties['Regions']).toBe(isOfRegions ? 'eu-central-1 us-east-1' : undefined);
    }
  });
});

const CONTACT = { name: 'Ada Lovelace', title: 'CISO', email: 'ada@example.com', phone: '+49 30 1' };

test.each([true, false])(
  'the function serves each of its settings, with a daily check or without: %s',
  (dailyCheck) => {
    const template = templateWith({ handler: { dailyCheck } });
    const [made] = Object.values(template.findResources('AWS::Lambda::Function')) as {
      Properties: { Code: { ZipFile: string } };
    }[];
    const [, served = ''] = /\bserve\w*\(\[([^\]]*)\]/.exec(made?.Properties.Code.ZipFile ?? '') ?? [];
    expect(served.split(',').filter((name) => name.trim() !== '')).toHaveLength(SETTINGS.length);
  },
);

test('Regions of which none is named are refused: nothing would be set, and nobody told', () => {
  expect(() => templateWith({ handler: { regions: [] } })).toThrow(
    new Error('regions must name at least one Region, got []'),
  );
});

refused(templateWith, [
  [
    { handler: { regions: ['eu-centrl-1'] } },
    'regions[0] is not a known Region; did you mean eu-central-1?, got "eu-centrl-1"',
  ],
  [
    { alias: 'Example Co' },
    'alias must be an account alias: 3 to 63 lower-case letters and digits, with single hyphens between them; ' +
      'not an account ID, got "Example Co"',
  ],
  [
    { contacts: { security: { ...CONTACT, name: '' } } },
    'contacts.security.name must be a text of 1 to 64 characters, got ""',
  ],
  [{ contacts: { securiy: CONTACT } }, 'contacts.securiy is not an option; did you mean security?'],
  [{ contacts: { one: CONTACT, two: CONTACT } }, 'contacts.one is not an option'],
  [
    { contacts: { billing: { ...CONTACT, email: 'ann' } } },
    'contacts.billing.email must be an e-mail address such as security@example.com, got "ann"',
  ],
  [{ handler: { dailyCheck: 'false' } }, 'dailyCheck must be true or false, got "false"'],
  [{ keepOnRemoval: 'false' }, 'keepOnRemoval must be true or false, got "false"'],
  [{ requireImdsV2: 'yes' }, 'requireImdsV2 must be true or false, got "yes"'],
]);

test('a handler is needed', () => {
  const props = {} as AccountSettingsProps;
  expect(() => templateOf((scope) => new AccountSettings(scope, 'Account', props))).toThrow(
    new Error('handler must be a construct, got undefined'),
  );
});

test('values that are not known yet are taken', () => {
  const contact = { ...CONTACT, email: Token.asString(Fn.ref('Email')) };
  templateWith({ alias: Token.asString(Fn.ref('Alias')), contacts: { security: contact } }).resourceCountIs(
    'Custom::SecurityContact',
    1,
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
  const [log, memory, regions, ...others] = rolePolicies(templateWith());

  test('reads and writes the parameters of settings only', () => {
    expect(memory).toEqual({
      Sid: 'RememberPreviousState',
      Effect: 'Allow',
      Action: ['ssm:DeleteParameter', 'ssm:GetParameter', 'ssm:PutParameter'],
      Resource: {
        'Fn::Join': [
          '',
          [
            ...['arn:', { Ref: 'AWS::Partition' }, ':ssm:', { Ref: 'AWS::Region' }, ':'],
            ...[{ Ref: 'AWS::AccountId' }, ':parameter/account-baseline/settings/*'],
          ],
        ],
      },
    });
  });

  test('has no more than its log, what it remembers and the names of Regions, whatever is set', () => {
    expect(log?.Action).toEqual(['logs:CreateLogStream', 'logs:PutLogEvents']);
    expect(regions).toMatchObject({ Action: 'ec2:DescribeRegions', Resource: '*' });
    expect(others).toEqual([]);
  });

  test('gets the permissions of a setting as long as the setting has to be restored', () => {
    const { Resources } = templateWith().toJSON() as {
      Resources: Record<string, { Type: string; DependsOn?: string[] }>;
    };
    for (const [id, { Type, DependsOn = [] }] of Object.entries(Resources)) {
      if (!Type.startsWith('Custom::')) continue;
      expect([id, DependsOn.map((other) => Resources[other]?.Type)]).toEqual([id, ['AWS::IAM::Policy']]);
    }
  });

  test('creates and deletes the analyzer of the baseline only, and the role that analyzers have', () => {
    const analyzers = statements(templateWith(), 'AWS::IAM::Policy').filter(({ Sid }) =>
      Sid?.startsWith('AccessAnalyzer'),
    );
    const [arn, account] = [{ Ref: 'AWS::Partition' }, { Ref: 'AWS::AccountId' }];
    expect(analyzers).toEqual([
      {
        Sid: 'AccessAnalyzer',
        Effect: 'Allow',
        Action: ['access-analyzer:CreateAnalyzer', 'access-analyzer:DeleteAnalyzer'],
        Resource: {
          'Fn::Join': ['', ['arn:', arn, ':access-analyzer:*:', account, ':analyzer/account-baseline']],
        },
      },
      {
        Sid: 'AccessAnalyzerRole',
        Effect: 'Allow',
        Action: 'iam:CreateServiceLinkedRole',
        Resource: {
          'Fn::Join': [
            '',
            [
              ...['arn:', arn, ':iam::', account],
              ':role/aws-service-role/access-analyzer.amazonaws.com/AWSServiceRoleForAccessAnalyzer',
            ],
          ],
        },
      },
    ]);
  });

  test('may not touch contacts, alias and networks that nobody asked for', () => {
    const actions = statements(templateWith(), 'AWS::IAM::Policy').flatMap(({ Action = [] }) => Action);
    const asked = ROWS.filter(({ isOn }) => isOn).flatMap(({ permissions }) => permissions);
    expect(actions).toEqual(asked.flatMap((one) => [...one.actions]));
    expect(actions.filter((action) => /Alternate|Alias|DefaultVpc|SecurityGroup|\*/.test(action))).toEqual(
      [],
    );
  });

  test('fits into what IAM takes of inline policies of a role: 10,240 characters', () => {
    const template = templateWith({
      alias: 'acme',
      contacts: { security: CONTACT, billing: CONTACT, operations: CONTACT },
    });
    const documents = [...statements(template, 'AWS::IAM::Policy'), ...rolePolicies(template)];
    expect(JSON.stringify(documents).length + 20 * 60).toBeLessThan(10_240);
  });
});

describe('the alias', () => {
  const template = templateWith({ alias: 'acme' });

  test('is a setting', () => {
    template.hasResourceProperties('Custom::AccountAlias', { Value: '"acme"' });
  });
});

test('what an organization may manage, and an alias that is taken, is named by the function', () => {
  let leftAlone: Readonly<Record<string, string>> = {};
  templateOf((scope) => {
    const handler = new AccountSettingFunction(scope, 'Handler');
    const settings = new AccountSettings(scope, 'Account', { handler, alias: 'example' });
    leftAlone = Stack.of(scope).resolve(settings.leftAlone) as typeof leftAlone;
  });
  const managed = ROWS.filter((one) => one.isOn && one.mayBeLeftAlone).map(({ name }) => name);
  expect(leftAlone).toEqual(
    Object.fromEntries(
      [...managed, 'AccountAlias'].map((name) => [
        name,
        { 'Fn::GetAtt': [expect.stringMatching(name), 'LeftAlone'] },
      ]),
    ),
  );
});

describe('the daily check', () => {
  const checked = () =>
    templateWith({
      handler: { dailyCheck: true, regions: ['eu-central-1'] },
      contacts: { security: CONTACT },
      requireImdsV2: false,
    });

  test('calls the function once a day with the names of the settings, and no values that others could forge', () => {
    const template = checked();
    const [rule, ...more] = Object.values(template.findResources('AWS::Events::Rule')) as {
      Properties: {
        ScheduleExpression: string;
        Targets: { Arn: unknown; Input: { 'Fn::Join': [string, unknown[]] } }[];
      };
    }[];
    expect(more).toEqual([]);
    expect(rule?.Properties.ScheduleExpression).toBe('rate(1 day)');
    const [target] = rule?.Properties.Targets ?? [];
    expect(target?.Arn).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^Handler/), 'Arn'] });
    // The ARN of its stack is the only reference.
    const text = target?.Input['Fn::Join'][1]
      .map((part) => (typeof part === 'string' ? part : 'own'))
      .join('');
    const { Check, ...others } = JSON.parse(text ?? '') as { Check: string[] };
    expect(others).toEqual({ Stack: 'own' });
    expect(Check).toEqual(Object.keys(settingsIn(template)));
    expect(Check).not.toContain('ImdsV2');
  });

  test('may be called by its rule only', () => {
    checked().hasResourceProperties('AWS::Lambda::Permission', {
      Principal: 'events.amazonaws.com',
      SourceArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^HandlerDaily'), 'Arn'] },
    });
  });

  test('may put its own events on the default bus, and no others', () => {
    const [put, ...more] = rolePolicies(checked()).filter(({ Action }) =>
      Action?.includes('events:PutEvents'),
    );
    expect(more).toEqual([]);
    expect(put).toEqual({
      Sid: 'PutCheckEvents',
      Effect: 'Allow',
      Action: 'events:PutEvents',
      Resource: {
        'Fn::Join': [
          '',
          [
            ...['arn:', { Ref: 'AWS::Partition' }, ':events:', { Ref: 'AWS::Region' }, ':'],
            ...[{ Ref: 'AWS::AccountId' }, ':event-bus/default'],
          ],
        ],
      },
      Condition: {
        'ForAllValues:StringEquals': { 'events:source': 'account-baseline.settings' },
        Null: { 'events:source': 'false' },
      },
    });
    expect(JSON.stringify(rolePolicies(templateWith()))).not.toContain('events:');
  });
});
