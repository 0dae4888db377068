import { physicalId } from '../baseline-parts';
import { isConfirmed } from '../collect/notifications';
import type { Remedy } from '../finding';
import type { TopicState, TopicSubscription } from '../snapshot';
import { check, fail, given, type Observation, manual, pass, REDEPLOY } from './check';

export const NOTIFICATION_CHECKS = [
  check(
    {
      check: 'listening',
      title: 'Somebody hears the alarms',
      area: 'notifications',
      severity: 'critical',
      controls: [...Array(15).keys()].map((index) => `CIS 5.${index + 1}`),
    },
    ({ topic, region }, { notifications }) =>
      given({ topic }, ({ topic: state }) => {
        if (!state) return fail('The topic of people is gone: nobody hears an alarm.', REDEPLOY);
        const listed = [
          ...notifications.emails.map((endpoint) => ({ protocol: 'email', endpoint })),
          ...notifications.httpsEndpoints.map((endpoint) => ({ protocol: 'https', endpoint })),
        ];
        // Nobody else would hear; with others there, one that is missing is less urgent.
        const severity = state.subscriptions.some(isConfirmed) ? ('high' as const) : ('critical' as const);
        return listed.flatMap(({ protocol, endpoint }) => judge(state, protocol, endpoint, region, severity));
      }),
  ),
  check(
    {
      check: 'unsubscribe',
      title: 'A link in a message can’t end a subscription',
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
                ? pass(`Only a signed call ends the subscription of ${endpoint}.`, { resource })
                : manual(
                    `Whoever opens the link in a message to ${endpoint} ends its subscription.`,
                    {
                      text: 'SNS may send no second confirmation while the address is subscribed: end this subscription, subscribe the address again with `aws sns subscribe`, and confirm by this command, with the token of the link in the new mail, instead of opening it. Or accept it: this check tells when it happens.',
                      command: `aws sns confirm-subscription --region ${region} --topic-arn ${TopicArn} --authenticate-on-unsubscribe true --token TOKEN`,
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
      area: 'notifications',
      severity: 'critical',
      controls: [],
    },
    ({ alarmTopic, explainer, stack, region }) => {
      const role = physicalId(stack, 'NotificationsExplainerRole');
      return given({ alarmTopic, explainer, role }, ({ alarmTopic: topic, explainer: state, role: name }) => {
        if (!topic) return fail('The topic of alarms is gone: nobody hears an alarm.', REDEPLOY);
        if (!state) return fail('The function that explains alarms is gone: nobody hears one.', REDEPLOY);
        const resource = state.arn;
        const subscription = topic.subscriptions.find(
          (one) => one.Endpoint === state.arn && isConfirmed(one),
        );
        if (!subscription)
          return fail('The function is not subscribed to the topic of alarms.', REDEPLOY, { resource });
        if (state.reservedConcurrency === 0) {
          return fail(
            'The function may not run: its reserved concurrency is 0.',
            {
              text: 'Ask who set it, and remove it.',
              command: `aws lambda delete-function-concurrency --function-name ${resource}`,
            },
            { resource },
          );
        }
        if (state.role !== undefined && !state.role.endsWith(`/${name}`)) {
          return fail('The function has another role: it may not reach events or people.', REDEPLOY, {
            resource,
          });
        }
        // Inactive is asleep, and wakes at the next call.
        if (!['Active', 'Inactive'].includes(state.state)) {
          return fail(`The function is ${state.state}.`, REDEPLOY, { resource });
        }
        return given({ filters: subscription.filters ?? NONE }, ({ filters }) =>
          filters
            ? fail(
                'The subscription of the function filters what it is told.',
                unfilter(region, subscription),
                {
                  resource,
                },
              )
            : pass('The function is subscribed and may run.', { resource }),
        );
      });
    },
  ),
];

/** Where the answer says nothing of a filter. */
const NONE = { value: false };

function unfilter(region: string, { SubscriptionArn }: TopicSubscription): Remedy {
  return {
    text: 'Ask who set the filter policy, and remove it.',
    command: `aws sns set-subscription-attributes --region ${region} --subscription-arn ${SubscriptionArn} --attribute-name FilterPolicy --attribute-value '{}'`,
  };
}

/** Whether one endpoint of the configuration is subscribed, pending or not there. */
function judge(
  { arn, subscriptions }: TopicState,
  protocol: string,
  endpoint: string,
  region: string,
  severity: 'high' | 'critical',
): Observation | Observation[] {
  const own = subscriptions.filter((one) => one.Protocol === protocol && one.Endpoint === endpoint);
  const about = { resource: endpoint, severity };
  const command = `aws sns subscribe --region ${region} --topic-arn ${arn} --protocol ${protocol} --notification-endpoint ${endpoint}`;
  const confirmed = own.find(isConfirmed);
  if (confirmed) {
    return given({ filters: confirmed.filters ?? NONE }, ({ filters }) =>
      filters
        ? fail(`The subscription of ${endpoint} filters what it is told.`, unfilter(region, confirmed), about)
        : pass(`${endpoint} is subscribed.`, { resource: endpoint }),
    );
  }
  if (own.some(({ SubscriptionArn }) => SubscriptionArn === 'PendingConfirmation')) {
    return manual(
      `${endpoint} has not confirmed the subscription, and hears nothing.`,
      {
        text: 'Open the mail “AWS Notification - Subscription Confirmation” and follow its link, within 48 hours of the deployment; after that, ask for it again.',
        command,
      },
      about,
    );
  }
  return fail(
    `${endpoint} is not subscribed: it was unsubscribed, or never confirmed.`,
    { text: 'Ask who ended it, and subscribe it again; the confirmation comes by mail.', command },
    about,
  );
}
