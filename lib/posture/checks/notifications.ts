import { partOf } from '../baseline-parts';
import { isConfirmed } from '../collect/notifications';
import type { Remedy } from '../finding';
import type { TopicState, TopicSubscription } from '../snapshot';
import { check, fail, given, type Observation, manual, pass, REDEPLOY } from './check';
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
      check: 'unsubscribe',
      title: 'Recipients cannot be unsubscribed with one click',
      problem: 'Recipients can be unsubscribed with one click',
      area: 'notifications',
      severity: 'low',
      controls: [],
    },
    ({ topic, region }) =>
      given({ topic }, ({ topic: state }) =>
        (state?.subscriptions ?? [])
          .filter(({ endsBySignedCallsOnly }) => endsBySignedCallsOnly !== undefined)
          .map(
            ({ Endpoint: endpoint = '', endsBySignedCallsOnly, TopicArn = '', SubscriptionArn: resource }) =>
              endsBySignedCallsOnly
                ? pass(`Only an authenticated call can unsubscribe ${endpoint}.`, { resource })
                : manual(
                    `Anyone who opens the link in a message to ${endpoint} unsubscribes it.`,
                    {
                      text: 'SNS may not send another confirmation while the address is subscribed. Unsubscribe the address, subscribe it again with `aws sns subscribe`, and confirm with this command instead of opening the link in the new e-mail; TOKEN is in that link. Or accept the risk: the check “listening” fails if someone unsubscribes the address.',
                      command: shell`aws sns confirm-subscription --region ${region} --topic-arn ${TopicArn} --authenticate-on-unsubscribe true --token TOKEN`,
                    },
                    { resource },
                  ),
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
    ({ alarmTopic, explainer, suite, region }) => {
      const role = partOf(suite, 'explainer-role');
      return given({ alarmTopic, explainer, role }, ({ alarmTopic: topic, explainer: state, role: name }) => {
        if (!topic) return fail('The alarm topic was deleted: nobody receives notifications.', REDEPLOY);
        if (!state)
          return fail(
            'The function that explains alarms was deleted: nobody receives notifications.',
            REDEPLOY,
          );
        const resource = state.arn;
        const subscription = topic.subscriptions.find(
          (one) => one.Endpoint === state.arn && isConfirmed(one),
        );
        if (!subscription)
          return fail('The function is not subscribed to the alarm topic.', REDEPLOY, { resource });
        if (state.reservedConcurrency === 0) {
          return fail(
            'The function cannot run: its reserved concurrency is 0.',
            {
              text: 'Find out who set it, then remove it.',
              command: shell`aws lambda delete-function-concurrency --region ${region} --function-name ${resource}`,
            },
            { resource },
          );
        }
        if (state.role !== undefined && !state.role.endsWith(`/${name}`)) {
          return fail(
            'The function has another role: it may be unable to read events or send notifications.',
            REDEPLOY,
            {
              resource,
            },
          );
        }
        // An inactive function becomes active at the next invocation.
        if (!['Active', 'Inactive'].includes(state.state)) {
          return fail(`The function is ${state.state}.`, REDEPLOY, { resource });
        }
        return given({ filters: subscription.filters ?? NONE }, ({ filters }) =>
          filters
            ? fail(
                'The subscription of the function has a filter policy, so it can miss alarms.',
                unfilter(region, subscription),
                {
                  resource,
                },
              )
            : pass('The function is subscribed and can run.', { resource }),
        );
      });
    },
  ),
];

/** If the response contains no filter policy. */
const NONE = { value: false };

function unfilter(region: string, { SubscriptionArn }: TopicSubscription): Remedy {
  return {
    text: 'Find out who set the filter policy, then remove it.',
    command: shell`aws sns set-subscription-attributes --region ${region} --subscription-arn ${SubscriptionArn ?? ''} --attribute-name FilterPolicy --attribute-value '{}'`,
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
    return given({ filters: confirmed.filters ?? NONE }, ({ filters }) =>
      filters
        ? fail(
            `The subscription of ${endpoint} has a filter policy, so it can miss notifications.`,
            unfilter(region, confirmed),
            about,
          )
        : pass(`${endpoint} is subscribed.`, { resource: endpoint }),
    );
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
