import { NOTICE_REGION } from '../../root-notice/rules';
import { stackKindsOf } from '../../stacks/stack-kinds';
import { partsOf } from '../baseline-parts';
import { shell } from '../shell';
import { check, given, manual, pass } from './check';

/** ID of the check, which is also what `confirm` records. */
const CHECK = 'root-notice';

export const ROOT_NOTICE_CHECKS = [
  check(
    {
      check: CHECK,
      title: 'The recipients of the second root notification are activated',
      problem: 'The recipients of the second root notification may not be activated',
      area: 'notifications',
      severity: 'medium',
      controls: [],
    },
    ({ suite, confirmed }, config) =>
      stackKindsOf(config).includes('RootNotice')
        ? given({ suite }, ({ suite: deployed }) => {
            const contacts = partsOf(deployed, 'email-contact');
            if (contacts.length === 0) return [];
            const day = confirmed[CHECK];
            return day === undefined
              ? manual(
                  'AWS User Notifications sends nothing to an address until someone activates it with the code of an e-mail from AWS. The code expires after 12 hours.',
                  {
                    text: `List the addresses with this command. For each that is "inactive", send another code with \`aws notificationscontacts send-activation-code --region ${NOTICE_REGION} --arn ARN\`, and open the link in the e-mail. If all are "active", record it with \`npx aws-account-baseline confirm ${CHECK}\`.`,
                    command: shell`aws notificationscontacts list-email-contacts --region ${NOTICE_REGION} --query 'emailContacts[].[address, status, arn]' --output table`,
                  },
                )
              : pass(`Confirmed manually on ${day}. Confirm it again after you change the addresses.`);
          })
        : [],
  ),
];
