import { CfnParameter, Stack, type StackProps } from 'aws-cdk-lib';
import type { Template } from 'aws-cdk-lib/assertions';
import { PasswordPolicy, type PasswordPolicyProps } from '../../lib/settings/password-policy';
import * as ebsEncryption from '../../lib/settings/ebs-encryption';
import { AccountSettingFunction } from '../../lib/settings/setting-function';
import { refused } from '../refused';
import { templateOf, testApp } from '../synth';

const policy = (props?: PasswordPolicyProps) =>
  templateOf((scope) => new PasswordPolicy(scope, 'PasswordPolicy', props));

/** The one policy of a template. */
function resource(template: Template) {
  const [found, ...more] = Object.values(template.findResources('Custom::PasswordPolicy')) as {
    DeletionPolicy: string;
    Properties: { Value: string; AllowWeaker?: boolean };
  }[];
  expect(more).toEqual([]);
  if (!found) throw new Error('no policy');
  return found;
}

const valueOf = (props?: PasswordPolicyProps) =>
  JSON.parse(resource(policy(props)).Properties.Value) as object;

const DEFAULT = {
  MinimumPasswordLength: 15,
  RequireUppercaseCharacters: true,
  RequireLowercaseCharacters: true,
  RequireNumbers: true,
  RequireSymbols: true,
  PasswordReusePrevention: 24,
  AllowUsersToChangePassword: true,
};

test('asks for 15 characters of four classes, 24 remembered, no expiry, and users who may change theirs', () => {
  expect(valueOf()).toEqual(DEFAULT);
});

test.each<[option: PasswordPolicyProps, value: object]>([
  [{ minimumLength: 20 }, { MinimumPasswordLength: 20 }],
  [{ passwordReusePrevention: 5 }, { PasswordReusePrevention: 5 }],
  [{ expireAfterDays: 90 }, { MaxPasswordAge: 90 }],
  [{ requireUppercase: false }, { RequireUppercaseCharacters: undefined }],
  [{ requireLowercase: false }, { RequireLowercaseCharacters: undefined }],
  [{ requireNumbers: false }, { RequireNumbers: undefined }],
  [{ requireSymbols: false }, { RequireSymbols: undefined }],
  [{ allowUsersToChangePassword: false }, { AllowUsersToChangePassword: undefined }],
])('%j changes that alone; what is off is left out', (option, value) => {
  expect(valueOf(option)).toEqual(JSON.parse(JSON.stringify({ ...DEFAULT, ...value })));
});

test('a number that is known at deployment stays a number', () => {
  let resolved: unknown;
  const template = templateOf((scope) => {
    const { valueAsNumber } = new CfnParameter(scope, 'Length', { type: 'Number' });
    new PasswordPolicy(scope, 'PasswordPolicy', { minimumLength: valueAsNumber });
    resolved = Stack.of(scope).resolve(valueAsNumber);
  });
  expect(resolved).toEqual({ Ref: 'Length' });
  const value = resource(template).Properties.Value as unknown as { 'Fn::Join': [string, unknown[]] };
  expect(value['Fn::Join'][1].slice(0, 2)).toEqual(['{"MinimumPasswordLength":', { Ref: 'Length' }]);
});

test('is never weaker than what was there before, unless it may be', () => {
  expect(resource(policy()).Properties.AllowWeaker).toBeUndefined();
  expect(resource(policy({ allowWeaker: true })).Properties.AllowWeaker).toBe(true);
});

test('is restored when it goes, or stays', () => {
  expect(resource(policy()).DeletionPolicy).toBeUndefined();
  expect(resource(policy({ onRemoval: 'retain' })).DeletionPolicy).toBe('Retain');
});

test('brings a function of its own, or shares one', () => {
  policy().resourceCountIs('AWS::Lambda::Function', 1);
  const shared = templateOf((scope) => {
    const handler = new AccountSettingFunction(scope, 'Handler');
    new PasswordPolicy(scope, 'PasswordPolicy', { handler });
    handler.set(scope, ebsEncryption);
  });
  shared.resourceCountIs('AWS::Lambda::Function', 1);
});

refused(policy, [
  [{ minimumLength: 5 }, 'minimumLength must be a whole number of characters from 6 to 128, got 5'],
  [{ minimumLength: 129 }, 'minimumLength must be a whole number of characters from 6 to 128, got 129'],
  [{ minimumLength: '20' }, 'minimumLength must be a whole number of characters from 6 to 128, got "20"'],
  [
    { passwordReusePrevention: 0 },
    'passwordReusePrevention must be a whole number of passwords from 1 to 24, got 0',
  ],
  [
    { passwordReusePrevention: 25 },
    'passwordReusePrevention must be a whole number of passwords from 1 to 24, got 25',
  ],
  [{ expireAfterDays: 1096 }, 'expireAfterDays must be a whole number of days from 1 to 1095, got 1096'],
  [{ expireAfterDays: 1.5 }, 'expireAfterDays must be a whole number of days from 1 to 1095, got 1.5'],
  [{ requireSymbols: 'yes' }, 'requireSymbols must be true or false, got "yes"'],
  [{ onRemoval: 'keep' }, `onRemoval must be 'restore' or 'retain', got "keep"`],
]);

describe('a second policy is refused', () => {
  const env = { account: '111122223333', region: 'eu-central-1' };
  const policiesIn = (one: StackProps, other?: StackProps) => () => {
    const app = testApp();
    const first = new Stack(app, 'First', one);
    new PasswordPolicy(first, 'PasswordPolicy');
    return new PasswordPolicy(other ? new Stack(app, 'Second', other) : first, 'Another');
  };

  test('in a stack, because both would use one record of the previous value', () => {
    expect(policiesIn({})).toThrow(
      new Error(
        'Custom::PasswordPolicy is in First/PasswordPolicy and First/Another: an account can have it only once',
      ),
    );
  });

  test.each<[string, StackProps['env']]>([
    ['and Region', env],
    [
      'in another Region, because deleting one would restore what the other set',
      { ...env, region: 'eu-west-1' },
    ],
    ['whose Region is not known yet', { account: env.account }],
  ])('in another stack of the account %s', (_, other) => {
    expect(policiesIn({ env }, { env: other })).toThrow(
      new Error(
        'Custom::PasswordPolicy is in First/PasswordPolicy and Second/Another: an account can have it only once',
      ),
    );
  });

  test.each<[string, StackProps, StackProps]>([
    ['of another account', { env }, { env: { ...env, account: '444455556666' } }],
    ['that may be deployed to another account', {}, {}],
  ])('but not in a stack %s', (_, one, other) => {
    expect(policiesIn(one, other)).not.toThrow();
  });
});
