import { isDeepStrictEqual } from 'node:util';
import { partOf, resourcesOf } from '../baseline-parts';
import { differences, referencesOf } from '../differences';
import { isConfirmed } from '../collect/notifications';
import type { Remedy } from '../finding';
import type { TopicState, TopicSubscription } from '../snapshot';
import { AS_ROOT, check, fail, given, inWords, type Observation, manual, pass, REDEPLOY } from './check';
import { shell } from '../shell';

export const NOTIFICATION_CHECKS = [
  check(
    {
      check: 'listening',
      title: 'All recipients are subscribed',
      problem: 'A recipient does not receive notifications',
      area: 'notifications',
      severity: 'critical',
      controls: [...Array(15).keys()].map((index) => `CIS 5.${index + 1}`),
    },
    ({ topic, region }, { notifications }) =>
      given({ topic }, ({ topic: state }) => {
        if (!state)
          return fail('The notification topic was deleted: nobody receives notifications.', REDEPLOY);
        const listed = [
          ...notifications.emails.map((endpoint) => ({ protocol: 'email', endpoint })),
          ...notifications.httpsEndpoints.map((endpoint) => ({ protocol: 'https', endpoint })),
        ];
        // Critical if nobody else receives notifications; otherwise a missing recipient is less urgent.
        const severity = state.subscriptions.some(isConfirmed) ? ('high' as const) : ('critical' as const);
        return listed.flatMap(({ protocol, endpoint }) => judge(state, protocol, endpoint, region, severity));
      }),
  ),
  check(
    {
      check: 'topic-keys',
      title: 'Topics are encrypted as deployed',
      problem: 'A topic is not encrypted as deployed',
      area: 'notifications',
      severity: 'high',
      controls: [],
    },
    (snapshot) =>
      given({ resources: snapshot.resources, suite: snapshot.suite }, ({ resources, suite }) => {
        const topics = resources.filter(({ type }) => type === 'AWS::SNS::Topic');
        const faults = topics.flatMap(({ kind, resource, wanted, actual: part }) =>
          given({ actual: part }, ({ actual }) => {
            const of = referencesOf(snapshot, suite, kind);
            // Other checks report that it was deleted.
            if (!actual || differences(wanted, actual, of).length === 0) return [];
            return fail(
              `The topic ${resource} is encrypted with ${actual.KmsMasterKeyId === undefined ? 'no key' : 'another key'}. With a key of AWS, CloudWatch, EventBridge and AWS Budgets cannot publish.`,
              REDEPLOY,
              { resource },
            );
          }),
        );
        if (faults.length > 0) return faults;
        return topics.length === 0 ? [] : pass('Each topic uses the key in the template.');
      }),
  ),
  check(
    {
      check: 'unsubscribe',
      title: 'Recipients cannot be unsubscribed with one click',
      problem: 'Recipients can be unsubscribed with one click',
      area: 'notifications',
      severity: 'low',
      controls: [],
    },
    ({ topic, region }) =>
      given({ topic }, ({ topic: state }) =>
        (state ? state.subscriptions : [])
          .filter((one) => isConfirmed(one) && WITH_LINK.includes(one.Protocol ?? ''))
          .flatMap((one) =>
            given({ isSafe: one.endsBySignedCallsOnly ?? NOT_READ }, ({ isSafe }) => {
              const { Endpoint: endpoint = '', TopicArn = '', SubscriptionArn: resource } = one;
              return isSafe
                ? pass(`Only an authenticated call can unsubscribe ${endpoint}.`, { resource })
                : manual(
                    `Anyone who opens the link in a message to ${endpoint} unsubscribes it.`,
                    {
                      text: 'While another address receives the alarms, remove this one, deploy, add it again, and deploy: with the day-zero script, by --remove-email and then --email. Confirm with this command instead of the link in the new e-mail; TOKEN is in that link. Or accept the risk: the check “listening” fails if someone unsubscribes the address.',
                      command: shell`aws sns confirm-subscription --region ${region} --topic-arn ${TopicArn} --authenticate-on-unsubscribe true --token TOKEN`,
                    },
                    { resource },
                  );
            }),
          ),
      ),
  ),
  check(
    {
      check: 'subscribers',
      title: 'Only configured recipients are subscribed',
      problem: 'A subscriber is not in the configuration',
      area: 'notifications',
      severity: 'high',
      controls: [],
    },
    ({ topic, alarmTopic, otherTopics, suite, region }, { notifications }) =>
      given({ topic, alarmTopic, otherTopics, explainer: partOf(suite, 'explainer') }, (read) => {
        const people = [...notifications.emails, ...notifications.httpsEndpoints];
        const chat = notifications.slack || notifications.teams ? [CHAT_ENDPOINT] : [];
        // Those of the stacks, whatever their endpoint.
        const deployed = resourcesOf(suite).map(({ PhysicalResourceId }) => PhysicalResourceId);
        const strangers = [
          ...strangersOf(read.topic, [...people, ...chat]),
          ...strangersOf(read.alarmTopic).filter(
            ({ Endpoint = '' }) => !Endpoint.endsWith(`:function:${read.explainer}`),
          ),
          ...read.otherTopics.flatMap((one) => strangersOf(one, chat)),
        ].filter(({ SubscriptionArn }) => !deployed.includes(SubscriptionArn));
        if (strangers.length === 0) return pass('Every subscriber is in the configuration.');
        return strangers.map(({ Protocol = '', Endpoint = '', SubscriptionArn: resource = '' }) =>
          fail(
            `${Endpoint} (${Protocol}) receives messages, and the configuration does not name it.`,
            {
              text: 'If you know it, add it to `notifications`. Otherwise, find out who subscribed it, and remove it as root, for example in CloudShell: the guard denies this to administrators.',
              command: shell`aws sns unsubscribe --region ${region} --subscription-arn ${resource}`,
            },
            { resource },
          ),
        );
      }),
  ),
  check(
    {
      check: 'function-code',
      title: 'Functions run the code of their templates',
      problem: 'A function does not run the code of its template',
      area: 'notifications',
      severity: 'critical',
      controls: [],
    },
    ({ functions, region }) =>
      given({ functions }, ({ functions: found }) =>
        found.flatMap(({ template, state }) =>
          given({ state }, ({ state: running }): Observation => {
            const { name: resource, code, handler, variables } = template;
            if (!running) return fail(`The function ${resource} was deleted.`, REDEPLOY, { resource });
            const { 'index.js': main, ...others } = running.files;
            // CloudFormation may add this file.
            const added = Object.keys(others).filter((file) => file !== 'cfn-response.js');
            if (main !== code || added.length > 0) {
              const what =
                main !== code ? 'Its code was changed' : `Its code has more files: ${added.join(', ')}`;
              return fail(`${what}.`, restoreCode(region, resource), { resource });
            }
            const faults = [
              ...(running.handler === handler ? [] : ['its handler was changed']),
              ...(running.layers.length === 0 ? [] : ['it has layers']),
              ...(isDeepStrictEqual(running.variables, variables) ? [] : ['its variables were changed']),
            ];
            if (faults.length > 0) return fail(`${sentenceOf(faults)}.`, REDEPLOY, { resource });
            return pass(`The function ${resource} runs the code of its template.`, { resource });
          }),
        ),
      ),
  ),
  check(
    {
      check: 'explainer',
      title: 'Alarms reach the function that explains them',
      problem: 'Alarms do not reach the function that explains them',
      area: 'notifications',
      severity: 'critical',
      controls: [],
    },
    ({ alarmTopic, functions, suite, region }) =>
      given(
        { alarmTopic, functions, name: partOf(suite, 'explainer') },
        ({ alarmTopic: topic, functions: found, name }) => {
          if (!topic) return fail('The alarm topic was deleted: nobody receives notifications.', REDEPLOY);
          const explainer = found.find(({ template }) => template.name === name);
          return given({ state: explainer?.state ?? NO_FUNCTION }, ({ state }) => {
            if (!state)
              return fail(
                'The function that explains alarms was deleted: nobody receives notifications.',
                REDEPLOY,
              );
            const resource = state.arn;
            const subscription = topic.subscriptions.find(
              (one) => one.Endpoint === resource && isConfirmed(one),
            );
            if (!subscription)
              return fail('The function is not subscribed to the alarm topic.', REDEPLOY, { resource });
            // An inactive function becomes active at the next invocation.
            if (!['Active', 'Inactive'].includes(state.state)) {
              return fail(`The function is ${state.state}.`, REDEPLOY, { resource });
            }
            return given({ filters: subscription.filters ?? NOT_READ }, ({ filters }) =>
              filters
                ? fail(
                    'The subscription of the function has a filter policy, so it can miss alarms.',
                    reset(region, subscription, ['FilterPolicy']),
                    { resource },
                  )
                : pass('The function is subscribed and can run.', { resource }),
            );
          });
        },
      ),
  ),
];

/**
 * Endpoint that Amazon Q Developer in chat applications subscribes.
 * @see https://docs.aws.amazon.com/chatbot/latest/adminguide/chatbot-troubleshooting.html
 */
const CHAT_ENDPOINT = 'https://global.sns-api.chatbot.amazonaws.com';

/** Protocols whose messages contain an unsubscribe link. */
const WITH_LINK = ['email', 'email-json', 'http', 'https'];

/** Confirmed subscriptions to other endpoints. */
function strangersOf(topic: TopicState | undefined, known: readonly string[] = []): TopicSubscription[] {
  return (topic ? topic.subscriptions : []).filter(
    (one) => isConfirmed(one) && !known.includes(one.Endpoint ?? ''),
  );
}

/**
 * CloudFormation neither compares the code of functions nor uploads code that did not change in the template.
 * It creates a function that was deleted.
 */
function restoreCode(region: string, name: string): Remedy {
  return {
    text: 'Find out who changed it. A redeployment alone does not restore code, because CloudFormation does not compare it. As root, for example in CloudShell, delete the function with this command; then redeploy with `npx cdk deploy --all --revert-drift`, which creates it again.',
    command: shell`aws lambda delete-function --region ${region} --function-name ${name}`,
  };
}

function sentenceOf([first = '', ...others]: readonly string[]): string {
  return [first.charAt(0).toUpperCase() + first.slice(1), ...others].join(', and ');
}

const NO_FUNCTION = { unknown: 'the template has no function that explains alarms' };

const NOT_READ = { unknown: 'the attributes of a subscription were not read' };

/** How attributes return to their defaults. */
function reset(
  region: string,
  { SubscriptionArn = '' }: TopicSubscription,
  names: readonly string[],
): Remedy {
  const commands = names.map(
    (name) =>
      shell`aws sns set-subscription-attributes --region ${region} --subscription-arn ${SubscriptionArn} --attribute-name ${name} --attribute-value ${name === 'RawMessageDelivery' ? 'false' : '{}'}`,
  );
  return {
    text: `Find out who set ${inWords(names)}, then remove ${names.length > 1 ? 'them' : 'it'} ${AS_ROOT}.`,
    command: commands.join(' && '),
  };
}

/** Checks whether an endpoint of the configuration is subscribed, pending, or missing. */
function judge(
  { arn, subscriptions }: TopicState,
  protocol: string,
  endpoint: string,
  region: string,
  severity: 'high' | 'critical',
): Observation | Observation[] {
  const own = subscriptions.filter((one) => one.Protocol === protocol && one.Endpoint === endpoint);
  const about = { resource: endpoint, severity };
  const command = shell`aws sns subscribe --region ${region} --topic-arn ${arn} --protocol ${protocol} --notification-endpoint ${endpoint}`;
  const confirmed = own.find(isConfirmed);
  if (confirmed) {
    const read = { filters: confirmed.filters ?? NOT_READ, changes: confirmed.changes ?? NOT_READ };
    return given(read, ({ filters, changes }) => {
      if (filters) {
        return fail(
          `The subscription of ${endpoint} has a filter policy, so it can miss notifications.`,
          reset(region, confirmed, ['FilterPolicy']),
          about,
        );
      }
      return changes.length > 0
        ? fail(
            `The subscription of ${endpoint} delivers in another way: somebody set ${inWords(changes)}.`,
            reset(region, confirmed, changes),
            about,
          )
        : pass(`${endpoint} is subscribed.`, { resource: endpoint });
    });
  }
  if (own.some(({ SubscriptionArn }) => SubscriptionArn === 'PendingConfirmation')) {
    return manual(
      `${endpoint} has not confirmed the subscription and receives no notifications.`,
      {
        text: 'Open the e-mail “AWS Notification - Subscription Confirmation” and follow its link within 48 hours of the deployment. After that, request a new one with this command.',
        command,
      },
      about,
    );
  }
  return fail(
    `${endpoint} is not subscribed: it was unsubscribed, or the subscription was never confirmed.`,
    {
      text: 'Find out who unsubscribed it, then subscribe it again. SNS sends a confirmation to the endpoint.',
      command,
    },
    about,
  );
}
