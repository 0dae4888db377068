import { Match, type Template } from 'aws-cdk-lib/assertions';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { type Finder, Findings } from '../../lib/detectors/findings';
import { GuardDuty } from '../../lib/detectors/guard-duty';
import { SecurityHub } from '../../lib/detectors/security-hub';
import { SlackChannel } from '../../lib/notifications/channels/slack';
import { Notifications } from '../../lib/notifications/notifications';
import { admittingTopic } from '../admitting-topic';
import { refused } from '../refused';
import { templateOf } from '../synth';

const findings = (finder: Finder, chat = false): Template =>
  templateOf(
    (scope) =>
      new Findings(scope, 'Findings', {
        finder,
        topic: admittingTopic(scope, 'Topic', 'events'),
        chatTopic: chat ? admittingTopic(scope, 'ChatTopic', 'events') : undefined,
      }),
  );

describe('the topic must admit the rule, because EventBridge shows no error:', () => {
  const lost = (topic: string) =>
    `nobody would receive what events.amazonaws.com publishes, because the policy of Test/${topic} or of its key does not allow it`;

  test('one without a policy does not', () => {
    const bare = () =>
      templateOf((scope) => {
        const topic = admittingTopic(scope, 'Topic', 'events');
        new Findings(scope, 'Findings', { finder: 'guardDuty', topic, chatTopic: new Topic(scope, 'Chat') });
      });
    expect(bare).toThrow(lost('Chat'));
  });

  test('those of Notifications do if they are told to', () => {
    const on = (isAdmitted: boolean) => () =>
      templateOf((scope) => {
        const notifications = new Notifications(scope, 'Notifications', {
          channels: [new SlackChannel({ workspaceId: 'T1', channelId: 'C1' })],
          logGroup: LogGroup.fromLogGroupName(scope, 'Logs', 'trail-logs'),
        });
        if (isAdmitted) notifications.admitRules('arn:aws:events:us-east-1:123456789012:rule/*');
        const { topic, chatTopic } = notifications;
        new Findings(scope, 'Findings', { finder: 'guardDuty', topic, chatTopic });
      });
    expect(on(false)).toThrow(lost('Notifications/Topic'));
    expect(on(false)).toThrow(lost('Notifications/ChatTopic'));
    expect(on(true)).not.toThrow();
  });
});

refused(findings, [['macie', 'finder must be one of guardDuty, securityHub, got "macie"']]);

interface Target {
  readonly Arn: { readonly Ref: string };
  readonly InputTransformer?: {
    readonly InputPathsMap: Readonly<Record<string, string>>;
    readonly InputTemplate: { readonly 'Fn::Join': [string, unknown[]] };
  };
}

const targets = (template: Template): Target[] =>
  Object.values(template.findResources('AWS::Events::Rule')).flatMap(
    (rule) => (rule as { Properties: { Targets: Target[] } }).Properties.Targets,
  );

/** The lines that a message has, with names in angle brackets for what the event says. */
function lines(finder: Finder): string[] {
  const [people] = targets(findings(finder));
  const [, parts] = people?.InputTransformer?.InputTemplate['Fn::Join'] ?? ['', []];
  const text = parts.map((part) => (typeof part === 'string' ? part : 'console.aws.amazon.com')).join('');
  // Each line must be a JSON text of its own.
  return text.split('\n').map((line) => JSON.parse(line) as string);
}

test('GuardDuty is on with all features that the Region has, and names none that it might lack', () => {
  templateOf((scope) => new GuardDuty(scope, 'GuardDuty')).hasResourceProperties(
    'AWS::GuardDuty::Detector',
    Match.exact({ Enable: true }),
  );
});

test('Security Hub is on with its default standards, and finds once what several of them ask', () => {
  templateOf((scope) => new SecurityHub(scope, 'Hub')).hasResourceProperties(
    'AWS::SecurityHub::Hub',
    Match.exact({ EnableDefaultStandards: true, ControlFindingGenerator: 'SECURITY_CONTROL' }),
  );
});

test('detector and hub go with the stack: what stayed would continue to cost, and block the next one', () => {
  const template = templateOf((scope) => [new GuardDuty(scope, 'GuardDuty'), new SecurityHub(scope, 'Hub')]);
  for (const type of ['AWS::GuardDuty::Detector', 'AWS::SecurityHub::Hub']) {
    template.allResources(type, { DeletionPolicy: Match.absent() });
  }
});

test.each([
  ['GuardDuty', GuardDuty],
  ['Security Hub', SecurityHub],
])('a Region has %s only once, and synthesis refuses a second one', (name, Detector) => {
  const twice = () => templateOf((scope) => [new Detector(scope, 'One'), new Detector(scope, 'Two')]);
  expect(twice).toThrow(
    new Error(`${name} is in Test/One and Test/Two: an account and Region can have it only once`),
  );
});

describe('the rule', () => {
  test('matches findings of GuardDuty from high on', () => {
    findings('guardDuty').hasResourceProperties('AWS::Events::Rule', {
      EventPattern: {
        source: ['aws.guardduty'],
        'detail-type': ['GuardDuty Finding'],
        detail: { severity: [{ numeric: ['>=', 7] }] },
      },
    });
  });

  test('matches findings of Security Hub that are new, active and critical, and GuardDuty’s from high on', () => {
    findings('securityHub').hasResourceProperties('AWS::Events::Rule', {
      EventPattern: {
        source: ['aws.securityhub'],
        'detail-type': ['Security Hub Findings - Imported'],
        detail: {
          findings: {
            RecordState: ['ACTIVE'],
            Workflow: { Status: ['NEW'] },
            $or: [
              { Severity: { Label: ['CRITICAL'] } },
              { ProductName: ['GuardDuty'], Severity: { Label: ['HIGH'] } },
            ],
          },
        },
      },
    });
  });

  test('tells people in plain words what GuardDuty found, what to do, and where', () => {
    expect(lines('guardDuty')).toEqual([
      'Severity <severity> of 10: <title>',
      'Account <account>, <region>',
      '1. Open the link and assess it with the owner of the resource.',
      '2. Archive it when it is resolved. Until then, you are notified again while it continues.',
      'What: <text>',
      'Resource: <resource>',
      'Finding: <id>',
      'Link: https://<region>.console.aws.amazon.com/guardduty/home?region=<region>#/findings?search=id%3D<id>',
    ]);
  });

  test('tells people in plain words what Security Hub found, what to do, and where', () => {
    expect(lines('securityHub')).toEqual([
      '<severity>: <title>',
      'Account <account>, <region>',
      '1. Open the link and assess it with the owner of the resource.',
      '2. Set its workflow status when it is resolved. Until then, each check notifies you again.',
      'What: <text>',
      'Resource: <resource>',
      'Finding: <id>',
      'Link: https://<region>.console.aws.amazon.com/securityhub/home?region=<region>#/findings',
    ]);
  });

  test.each<Finder>(['guardDuty', 'securityHub'])(
    'fills in every name that a message of %s uses',
    (finder) => {
      const [people] = targets(findings(finder));
      const used = lines(finder).flatMap((line) => [...line.matchAll(/<(\w+)>/g)].map(([, name]) => name));
      expect([...new Set(used)].sort()).toEqual(
        Object.keys(people?.InputTransformer?.InputPathsMap ?? {}).sort(),
      );
    },
  );

  test.each<[Finder, object, object]>([
    [
      'guardDuty',
      {
        severity: 8,
        title: 'Bitcoin mining',
        description: 'An instance mines.',
        resource: { resourceType: 'Instance' },
        id: 'f1',
      },
      { severity: 8, title: 'Bitcoin mining', text: 'An instance mines.', resource: 'Instance', id: 'f1' },
    ],
    [
      'securityHub',
      {
        findings: [
          {
            Severity: { Label: 'CRITICAL' },
            Title: 'Public bucket',
            Description: 'Anyone reads it.',
            Resources: [{ Id: 'arn:aws:s3:::b' }],
            Id: 'f2',
          },
        ],
      },
      {
        severity: 'CRITICAL',
        title: 'Public bucket',
        text: 'Anyone reads it.',
        resource: 'arn:aws:s3:::b',
        id: 'f2',
      },
    ],
  ])('finds what a message of %s says in the event', (finder, detail, expected) => {
    const event: unknown = { account: '123456789012', region: 'eu-central-1', detail };
    const paths = targets(findings(finder))[0]?.InputTransformer?.InputPathsMap ?? {};
    const valueAt = (path: string) =>
      path
        .split(/[.[\]]+/)
        .filter((key) => key !== '' && key !== '$')
        .reduce((value, key) => (value as Readonly<Record<string, unknown>>)[key], event);
    const found = Object.entries(paths).map(([name, path]) => [name, valueAt(path)]);
    expect(Object.fromEntries(found)).toMatchObject({
      account: '123456789012',
      region: 'eu-central-1',
      ...expected,
    });
  });

  test('gives chat channels the event as it came, which they know how to show', () => {
    const [people, chat, ...others] = targets(findings('securityHub', true));
    expect(people?.Arn.Ref).toMatch(/^Topic/);
    expect(chat).toEqual({ Id: 'Chat', Arn: { Ref: expect.stringMatching(/^ChatTopic/) as string } });
    expect(others).toEqual([]);
    expect(targets(findings('securityHub'))).toHaveLength(1);
  });
});
