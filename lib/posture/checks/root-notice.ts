import { NOTICE_REGION } from '../../root-notice/rules';
import { stackKindsOf } from '../../stacks/stack-kinds';
import { differences, referencesOf } from '../differences';
import type { ValueOf } from '../template-values';
import { shell } from '../shell';
import type { DeployedResource, Properties } from '../snapshot';
import { check, fail, given, manual, type Observation, pass, REDEPLOY } from './check';

/** ID of the check, which is also what `confirm` records. */
const CHECK = 'root-notice';

const CONTACT = 'AWS::NotificationsContacts::EmailContact';

export const ROOT_NOTICE_CHECKS = [
  check(
    {
      check: CHECK,
      title: 'The recipients of the second root notification are activated',
      problem: 'A recipient of the second root notification is not activated',
      area: 'notifications',
      severity: 'medium',
      controls: [],
    },
    ({ resources, confirmed }, config) =>
      stackKindsOf(config).includes('RootNotice')
        ? given({ resources }, ({ resources: found }) =>
            found
              .filter(({ type }) => type === CONTACT)
              .flatMap((contact) =>
                given({ actual: contact.actual }, ({ actual }) =>
                  judgeActivation(contact, actual, confirmed[CHECK]),
                ),
              ),
          )
        : [],
  ),
  check(
    {
      check: 'root-notice-rules',
      title: 'The second root notification is unmodified',
      problem: 'The second root notification was changed',
      area: 'notifications',
      severity: 'high',
      controls: [],
    },
    (snapshot, config) =>
      stackKindsOf(config).includes('RootNotice')
        ? given({ resources: snapshot.resources, suite: snapshot.suite }, ({ resources, suite }) => {
            const own = resources.filter(({ kind }) => kind === 'RootNotice');
            const of = referencesOf({ ...snapshot, region: NOTICE_REGION }, suite, 'RootNotice');
            const faults = own.flatMap((one) =>
              given({ actual: one.actual }, ({ actual }) => judge(one, actual, of)),
            );
            if (faults.length > 0) return faults;
            return own.length === 0
              ? []
              : pass('The notification hub, its configuration, rules and recipients are as deployed.');
          })
        : [],
  ),
];

function judge(
  { type, resource, wanted }: DeployedResource,
  actual: Properties | undefined,
  of: ValueOf,
): Observation[] {
  const what = `${NAMES[type] ?? type} ${resource}`;
  if (!actual) return [fail(`The ${what} was deleted.`, REDEPLOY, { resource, region: NOTICE_REGION })];
  const changed = differences(wanted, actual, of).filter((name) => name !== 'Status');
  if (changed.length === 0) return [];
  return [
    fail(
      `${changed.join(', ')} of the ${what} differ${changed.length === 1 ? 's' : ''} from the template.`,
      changed.every((name) => name in wanted) ? REDEPLOY : RECREATE,
      { resource, region: NOTICE_REGION },
    ),
  ];
}

/** CloudFormation does not compare a property that the template does not set. */
const RECREATE = {
  text: 'Find out who changed it. A redeployment does not restore what the template does not set: delete the resource in the console of AWS User Notifications, then redeploy with this command, which creates it again.',
  command: REDEPLOY.command,
};

/** What people call the resources, by type. */
const NAMES: Readonly<Record<string, string>> = {
  'AWS::Notifications::NotificationHub': 'notification hub',
  'AWS::Notifications::NotificationConfiguration': 'notification configuration',
  'AWS::Notifications::EventRule': 'rule',
  'AWS::Notifications::ChannelAssociation': 'association of the recipient',
  [CONTACT]: 'e-mail contact',
};

/** Whether AWS sends to the address. */
function judgeActivation(
  { resource }: DeployedResource,
  actual: Properties | undefined,
  day: string | undefined,
): Observation[] {
  // The other check reports that it was deleted.
  if (!actual) return [];
  // Not the template's, which is a parameter on day zero.
  const address = typeof actual.EmailAddress === 'string' ? actual.EmailAddress : resource;
  if (actual.Status === 'active') return [pass(`${address} is activated.`, { resource })];
  if (actual.Status === undefined && day !== undefined)
    return [
      pass(`Confirmed manually on ${day}. Confirm it again after you change the addresses.`, { resource }),
    ];
  const status = typeof actual.Status === 'string' ? `is ${actual.Status}` : 'may not be activated';
  return [
    manual(
      `${address} ${status}: AWS User Notifications sends nothing to it until someone activates it with the code of an e-mail from AWS. The code expires after 12 hours.`,
      {
        text: `Follow that e-mail. If it is too late, this command sends another.${actual.Status === undefined ? ` When the address is active, record it with \`npx aws-account-baseline confirm ${CHECK}\`.` : ''}`,
        command: shell`aws notificationscontacts send-activation-code --region ${NOTICE_REGION} --arn ${resource}`,
      },
      { resource },
    ),
  ];
}
