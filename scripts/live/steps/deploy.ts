import { paginateListSubscriptionsByTopic, SNSClient } from '@aws-sdk/client-sns';
import { partOf } from '../../../lib/posture/baseline-parts';
import { readAccount } from '../../../lib/posture/collect/account';
import { all } from '../../../lib/posture/read';
import { isSo } from '../person';
import { expected, type Live, observe, type Step } from '../step';

export const DEPLOY_ALL = ['deploy', '--all', '--require-approval', 'never', '--progress', 'events'];

/** The physical ID of a part of the deployed stacks. */
export async function deployedPart(live: Live, part: Parameters<typeof partOf>[1]): Promise<string> {
  const { suite } = await readAccount(live.clients, live.caller, live.config);
  const id = partOf(suite, part);
  if ('value' in id) return id.value;
  throw new Error(`the stacks have no part ${part}: ${id.unknown}`);
}

export const DEPLOY: readonly Step[] = [
  {
    id: 'deploy',
    title: 'Deploy the stacks',
    minutes: 12,
    isEssential: true,
    async run({ programs }) {
      const { code, minutes } = await programs.cdk(DEPLOY_ALL);
      return [
        {
          what: '`cdk deploy --all` succeeds in an account that was never bootstrapped',
          outcome: expected(code === 0),
          detail: code === 0 ? undefined : 'see programs.log',
          minutes,
          answers: ['settings', 'permissions', 'names'],
        },
      ];
    },
  },
  {
    id: 'recipients',
    title: 'Confirm the subscriptions, and activate the addresses',
    minutes: 5,
    async run(live) {
      const { person, config, clients } = live;
      const confirmed = await isSo(
        person,
        'subscriptions-confirmed',
        `Each of ${config.notifications.emails.join(', ')} got an e-mail of SNS, and you opened its link`,
        ['mail'],
      );
      const activated = await isSo(
        person,
        'notices-activated',
        'Each also got an e-mail of AWS User Notifications from us-east-1, and you opened its link',
        ['mail'],
      );
      const listed = await observe('SNS lists no pending subscription', async () => {
        const TopicArn = await deployedPart(live, 'notification-topic');
        const client = clients.get(SNSClient);
        const subscriptions = await all(
          paginateListSubscriptionsByTopic({ client }, { TopicArn }),
          (page) => page.Subscriptions,
        );
        const pending = subscriptions.filter(
          ({ SubscriptionArn }) => SubscriptionArn === 'PendingConfirmation',
        );
        return {
          outcome: expected(pending.length === 0),
          detail:
            pending.map(({ Endpoint = '' }) => Endpoint).join(', ') ||
            `${subscriptions.length} subscriptions`,
        };
      });
      return [confirmed, activated, listed];
    },
  },
  {
    id: 'first-sign-in',
    title: 'First sign-in of an administrator, in a private window',
    minutes: 8,
    async run({ person, config }) {
      const [name = ''] = config.administrators;
      const checklist = [
        [
          'first-password',
          `The command \`ReadPassword${name}\` in the outputs printed the first-time password of ${name}`,
        ],
        ['first-change', `${name} signed in at SignInUrl, and the console asked for a new password`],
        [
          'first-denied',
          'Before MFA is set up, the console denies everything else, such as the list of buckets',
        ],
        ['first-device', 'Setting up a device under Security credentials worked, with a name of your choice'],
        ['first-mfa', 'After the next sign-in, with MFA, the list of buckets is there'],
        ['first-secret', 'The command to delete the secret of the first-time password worked'],
      ] as const;
      const observations = [];
      for (const [id, what] of checklist) observations.push(await isSo(person, id, what, ['permissions']));
      return observations;
    },
  },
];
