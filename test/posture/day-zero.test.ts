import { defineBaseline, type BaselineOptions } from '../../lib/config/config';
import { preflight } from '../../lib/posture/preflight/preflight';
import type { DeployedStack } from '../../lib/posture/snapshot';
import { SMALLEST } from '../smallest';
import { NEW } from './surroundings';

/** A stack of day zero, with a parameter for each place. */
function stack(
  kind: DeployedStack['kind'],
  type: string,
  property: string,
  places: Readonly<Record<string, readonly [parameter: string, value: string]>>,
): DeployedStack {
  const used = Object.entries(places);
  return {
    kind,
    stack: {
      StackName: `AccountBaseline-${kind}`,
      CreationTime: NEW.at,
      StackStatus: 'CREATE_COMPLETE',
      Parameters: used.map(([, [ParameterKey, ParameterValue]]) => ({ ParameterKey, ParameterValue })),
    },
    resources: used.flatMap(([LogicalResourceId, [, value]]) =>
      value === ''
        ? []
        : [
            {
              LogicalResourceId,
              PhysicalResourceId: value,
              ResourceType: type,
              LastUpdatedTimestamp: NEW.at,
              ResourceStatus: 'CREATE_COMPLETE' as const,
            },
          ],
    ),
    template: {
      Resources: Object.fromEntries(
        used.map(([id, [Ref]]) => [id, { Type: type, Properties: { [property]: { Ref } } }]),
      ),
    },
  };
}

const SUITE = [
  stack('Access', 'AWS::IAM::User', 'UserName', {
    AdminAccessAdministrator1User: ['Administrator1', ''],
    AdminAccessAdministrator2User: ['Administrator2', 'bob'],
    AdminAccessAdministrator3User: ['Administrator3', 'carol'],
  }),
  stack('Alarms', 'AWS::SNS::Subscription', 'Endpoint', {
    NotificationsEmail1: ['Email1', 'security@example.com'],
  }),
];

const PEOPLE = { administrators: ['bob', 'carol'], notifications: { emails: ['security@example.com'] } };

const said = (options: Partial<BaselineOptions>, suite = SUITE) =>
  preflight({ ...NEW, suite: { value: suite } }, defineBaseline({ ...SMALLEST, ...PEOPLE, ...options }), [])
    .entries.filter(({ what }) => what === 'People of day zero')
    .map(({ action, why, remedy }) => `${action} ${why} ${remedy?.text ?? ''}`);

const SET =
  "Set `dayZero: { administrators: ['', 'bob', 'carol'], emails: ['security@example.com'] }`, and run `preflight` again.";

describe('people of day zero', () => {
  test.each<[string, BaselineOptions['dayZero'], string]>([
    ['whom the configuration does not have', undefined, 'bob, carol, and security@example.com'],
    [
      'in other places',
      { administrators: ['bob', 'carol'], emails: ['security@example.com'] },
      'bob and carol',
    ],
    ['without the address', { administrators: ['', 'bob', 'carol'], emails: [] }, 'security@example.com'],
  ])('%s stop the deployment, which is told what to write', (_, dayZero, who) => {
    expect(said({ dayZero })).toEqual([
      `stop Day zero created ${who}, and the configuration does not say so in \`dayZero\`. The deployment would create them again, and fail. ${SET}`,
    ]);
  });

  test('who have their places, or are no longer configured, do not', () => {
    const dayZero = { administrators: ['', 'bob', 'carol'], emails: ['security@example.com'] };
    expect(said({ dayZero })).toEqual([]);
    expect(
      said({
        administrators: ['carol', 'dave'],
        dayZero: { administrators: ['', '', 'carol'], emails: dayZero.emails },
      }),
    ).toEqual([]);
  });

  test('may have an apostrophe in the address', () => {
    const [access] = SUITE;
    const alarms = stack('Alarms', 'AWS::SNS::Subscription', 'Endpoint', {
      NotificationsEmail1: ['Email1', "o'neill@example.com"],
    });
    const options = { notifications: { emails: ["o'neill@example.com"] } };
    const [told] = said(options, access ? [access, alarms] : []);
    expect(told).toContain(`emails: ["o'neill@example.com"]`);
  });

  test('are none where the app created the users, also one who has the name of a place', () => {
    const users = stack('Access', 'AWS::IAM::User', 'UserName', {
      AdminAccessAdministrator1User: ['Administrator1', 'Administrator1'],
    });
    expect(said({ administrators: ['Administrator1', 'bob'] }, [users])).toEqual([]);
    expect(said({}, [])).toEqual([]);
  });
});
