import { ENVIRONMENT } from './explainer-environment';
import { advise } from '../../lib/notifications/caller';
import type { CloudTrailRecord } from '../../lib/notifications/cloudtrail-event';
import { explain } from '../../lib/notifications/explain-event';
import { EXAMPLES } from '../detections/examples';
import { ACCOUNT, call, user } from '../detections/events/record';
import { CASES, OWN } from './cases';
import { RECORDED } from './recorded';

const STEP = 'Ask the caller.';

/** The message about a record of this account, and its line "What". */
function messageAbout(event: CloudTrailRecord, account = ACCOUNT): { text: string; what: string } {
  const lines = [...explain(event, account, ENVIRONMENT.CONSOLE), advise(event, account, STEP)];
  return { text: lines.join('\n'), what: lines.find((line) => line.startsWith('What: ')) ?? '' };
}

test.each(CASES)('$shows', ({ holds, event }) => {
  const { text } = messageAbout(event, OWN);
  expect(holds.filter((one) => !text.includes(one))).toEqual([]);
});

describe('the line "What" says', () => {
  test.each(Object.entries(RECORDED))('%s', (_kind, recorded) => {
    const told = recorded.map(([name, requestParameters, , fields]) => {
      const [service = '', eventName = ''] = name.split(' ');
      return messageAbout(call(service, eventName, user('eve'), { requestParameters, ...fields })).what;
    });
    const expected = recorded.map(([name, , says]) => `What: ${name.replace(/\d{8}(v\d)?$/, '')}${says}`);
    expect(told).toEqual(expected);
    expect(told.join()).not.toContain('SECRET');
    expect(told.filter((line) => line.length > 160)).toEqual([]);
  });

  const examples = Object.values(EXAMPLES).flatMap(({ matches }) => matches);

  /** What a person asks first: the named resource, user or policy, however it is spelled. */
  const NAMES =
    /^(userName|roleName|groupName|groupId|functionName|bucketName|stackName|alarmName|topicArn|keyId|secretId|regionName|policyArn|filterName|trailName|instanceId|snapshotId|vpcId|networkAclId|routeTableId|name)$/;

  test('of every example of a detection the resource, in one line that fits a screen', () => {
    const lines = examples.map(({ event }) => ({ event, what: messageAbout(event).what }));
    expect(lines.filter(({ what }) => what.length > 160).map(({ what }) => what)).toEqual([]);
    const silent = lines.flatMap(({ event, what }) => {
      const named = Object.entries(Object(event['requestParameters']) as object).filter(
        ([name, value]) => NAMES.test(name) && typeof value === 'string',
      );
      const resource = ([, value]: [string, unknown]) =>
        String(value)
          .replace(/^arn:.*:/, '')
          .slice(0, 40);
      return named.some((parameter) => what.includes(resource(parameter))) || named.length === 0
        ? []
        : [what];
    });
    expect(silent).toEqual([]);
  });

  test('no text of a parameter that can be anything', () => {
    const requestParameters = { bucketName: 'logs', macAddress: 'look here', comment: 'now' };
    const event = call('s3', 'DeleteBucket', user('eve'), { requestParameters });
    expect(messageAbout(event).what).toContain('logs');
    expect(messageAbout(event).what).not.toMatch(/look here|now/);
  });

  test('nothing of what may be secret', () => {
    const secrets = {
      ...{ masterUserPassword: 'SECRET', password: 'SECRET', secretString: 'SECRET', userData: 'SECRET' },
      environment: { variables: { TOKEN_ID: 'SECRET', keyName: 'SECRET' } },
      environmentVariables: [{ name: 'SECRET', value: 'SECRET' }],
      parameters: [{ parameterKey: 'name', parameterValue: 'SECRET' }, { name: 'SECRET' }],
      defaultArguments: { '--api-key-id': 'SECRET' },
      metadata: { name: 'SECRET' },
      value: 'SECRET',
      text: 'SECRET',
      clientToken: 'SECRET',
      certificateBody: 'SECRET',
      sSHPublicKeyBody: 'SECRET',
      policyDocument: 'SECRET, and no policy',
      tags: [{ key: 'name', value: 'SECRET' }],
      endpoint: 'https://name:SECRET@example.com/SECRET?token=SECRET#SECRET',
    };
    for (const [name, value] of Object.entries(secrets)) {
      const event = call('x', 'y', user('eve'), { requestParameters: { [name]: value, userName: 'bob' } });
      expect([name, messageAbout(event).what]).toEqual([name, expect.stringMatching(/^What: x y: user bob/)]);
      expect(messageAbout(event).text).not.toContain('SECRET');
    }
  });

  test('whether a sign-in succeeded, also of Identity Center', () => {
    const signIns = [
      { eventName: 'ConsoleLogin', responseElements: { ConsoleLogin: 'Success' } },
      { eventName: 'ConsoleLogin', responseElements: { ConsoleLogin: 'Failure' } },
      { eventName: 'UserAuthentication', serviceEventDetails: { UserAuthentication: 'Success' } },
      { eventName: 'UserAuthentication', serviceEventDetails: { UserAuthentication: 'Failure' } },
    ];
    expect(
      signIns.map((event) => messageAbout({ eventSource: 'signin.amazonaws.com', ...event }).what),
    ).toEqual([
      'What: signin ConsoleLogin succeeded',
      'What: signin ConsoleLogin failed',
      'What: signin UserAuthentication succeeded',
      'What: signin UserAuthentication failed',
    ]);
  });

  test('the first two facts, however long they are, and whatever else fits', () => {
    const principal = `arn:aws:iam::999999999999:role/${'r'.repeat(64)}`;
    const requestParameters = {
      functionName: 'f'.repeat(140),
      principal,
      action: 'lambda:InvokeFunction',
      eventSourceToken: 'x',
    };
    const { what } = messageAbout(call('lambda', 'AddPermission', user('eve'), { requestParameters }));
    expect(what).toContain('principal arn:aws:iam::999999999999:role/rrr');
    expect(what).not.toContain('action');
    expect(what.length).toBeLessThan(200);
  });
});

describe('the line "Who" says', () => {
  const who = (userIdentity: object, fields: object = {}) =>
    explain({ userIdentity, ...fields }, ACCOUNT)[0]?.replace('Who:  ', '');

  const issuer = (type: string, userName: string) => ({ sessionIssuer: { type, userName } });

  test.each<[shows: string, userIdentity: object, says: string, fields?: object]>([
    [
      'which user of Identity Center',
      {
        type: 'IdentityCenterUser',
        accountId: ACCOUNT,
        onBehalfOf: {
          userId: '544894e8',
          identityStoreArn: `arn:aws:identitystore::${ACCOUNT}:identitystore/d-9067642ac7`,
        },
      },
      'Identity Center user 544894e8 of d-9067642ac7, user name alice',
      { additionalEventData: { UserName: 'alice' } },
    ],
    [
      'which other account',
      { type: 'AWSAccount', accountId: '999999999999', principalId: 'AIDAEXAMPLE' },
      'AWS account 999999999999',
    ],
    [
      'that a user is of another account',
      { type: 'IAMUser', userName: 'bob', accountId: '999999999999' },
      'IAM user bob of account 999999999999',
    ],
    [
      'that root is of another account',
      { type: 'Root', accountId: '999999999999' },
      'root user of account 999999999999',
    ],
    [
      'the source identity',
      {
        type: 'AssumedRole',
        arn: 'arn:x/Deployer/s',
        sessionContext: { ...issuer('Role', 'Deployer'), sourceIdentity: 'jane' },
      },
      'role Deployer, session s, source identity jane',
    ],
    [
      'for whom of Identity Center a role acts',
      {
        type: 'AssumedRole',
        arn: 'arn:x/Deployer/s',
        onBehalfOf: { userId: '544894e8' },
        sessionContext: issuer('Role', 'Deployer'),
      },
      'role Deployer, session s, on behalf of 544894e8',
    ],
    [
      'the other account, though a session is named after it',
      {
        type: 'AssumedRole',
        accountId: '999999999999',
        arn: 'arn:x/Deployer/999999999999',
        sessionContext: issuer('Role', 'Deployer'),
      },
      'role Deployer, session 999999999999 of account 999999999999',
    ],
    [
      'who federated a session',
      {
        type: 'AssumedRole',
        arn: 'arn:x/Deployer/s',
        sessionContext: {
          ...issuer('Role', 'Deployer'),
          webIdFederationData: { federatedProvider: 'accounts.google.com' },
        },
      },
      'role Deployer, session s, signed in by accounts[.]google[.]com',
    ],
    [
      'who asked for a federation token',
      { type: 'FederatedUser', arn: 'arn:x/eve', sessionContext: issuer('IAMUser', 'bob') },
      'IAM user bob, session eve',
    ],
    [
      'who assumes a role by web identity',
      {
        type: 'WebIdentityUser',
        userName: 'repo:acme/app',
        identityProvider: 'token.actions.githubusercontent.com',
      },
      'web identity user repo:acme/app, signed in by token[.]actions[.]githubusercontent[.]com',
    ],
  ])('%s', (_shows, userIdentity, says, ...[fields]) => {
    expect(who(userIdentity, fields)).toBe(says);
  });

  test('nothing of an account if it is this one, and the account of the event if it is another one', () => {
    const event = { eventSource: 'iam.amazonaws.com', eventName: 'CreateUser', recipientAccountId: ACCOUNT };
    expect(messageAbout({ ...event, userIdentity: { type: 'Root', accountId: ACCOUNT } }).text).not.toContain(
      ACCOUNT,
    );
    expect(messageAbout({ ...event, recipientAccountId: '999999999999' }).what).toBe(
      'What: iam CreateUser in account 999999999999',
    );
  });
});

describe('the last line says', () => {
  const KEY = 'AKIAIOSFODNN7EXAMPLE';
  const role = (userName: string, session: string) => ({
    type: 'AssumedRole',
    arn: `arn:aws:sts::${ACCOUNT}:assumed-role/${userName}/${session}`,
    sessionContext: { sessionIssuer: { type: 'Role', userName } },
  });

  test.each<[shows: string, userIdentity: object, advice: string]>([
    [
      'to deactivate a key',
      { type: 'IAMUser', userName: 'bob', accessKeyId: KEY },
      `the person behind IAM user bob whether this was planned. If not, deactivate access key ${KEY}.`,
    ],
    [
      'to deactivate a key, and makes no sentence of a forged kind',
      { type: 'PayEveNow', userName: 'bob', accessKeyId: KEY },
      `the person behind PayEveNow bob whether this was planned. If not, deactivate access key ${KEY}.`,
    ],
    [
      'to deny a user everything',
      { type: 'IAMUser', userName: 'bob' },
      'the person behind IAM user bob whether this was planned. If not, attach the policy AWSDenyAll to that user.',
    ],
    [
      'to revoke sessions',
      role('Deployer', 'alice'),
      'the person behind role Deployer, session alice whether this was planned. If not, revoke the sessions of that role.',
    ],
    [
      'to disable a person',
      role('AWSReservedSSO_Admin_0123456789abcdef', 'jane@example.com'),
      'the person behind role AWSReservedSSO_Admin_0123456789abcdef, session jane@example[.]com whether this was planned. If not, disable that user in IAM Identity Center.',
    ],
    [
      'to change the password of root',
      { type: 'Root' },
      'the holders of the root password whether this was planned. If not, change the root password.',
    ],
    [
      'to deactivate a key of root',
      { type: 'Root', accessKeyId: KEY },
      `the holders of the root password whether this was planned. If not, deactivate access key ${KEY}.`,
    ],
    [
      'to remove the access of another account',
      { type: 'AWSAccount', accountId: '999999999999' },
      'the person behind AWS account 999999999999 whether this was planned. If not, remove its access.',
    ],
  ])('%s', (_shows, userIdentity, advice) => {
    expect(advise({ userIdentity }, ACCOUNT, STEP)).toBe(`Ask ${advice}`);
  });

  test.each<[shows: string, event: object]>([
    [
      'a failed sign-in does not prove who tried',
      {
        eventSource: 'signin.amazonaws.com',
        errorMessage: 'x',
        userIdentity: { type: 'IAMUser', userName: 'bob' },
      },
    ],
    ['a service cannot be asked', { userIdentity: { type: 'AWSService', invokedBy: 'eks.amazonaws.com' } }],
    ['nobody is known', {}],
    ['a name is a sentence', { userIdentity: { type: 'IAMUser', userName: 'Call 555-0100 to unlock' } }],
    ['a session is one', { userIdentity: role('Deployer', 'call 555-0100') }],
    ['an account is one', { userIdentity: { type: 'IAMUser', userName: 'bob', accountId: 'call 555-0100' } }],
  ])('the step of the alarm if %s', (_shows, event) => {
    expect(advise(event as CloudTrailRecord, ACCOUNT, STEP)).toBe(STEP);
  });
});
