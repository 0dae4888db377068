import { z } from 'zod';
import { flag, section } from '../../fields/basics';
import { matching, UNREPLACED, WITHOUT_CREDENTIALS } from '../../fields/text';
import { CHANNEL_SCHEMA } from '../../notifications/channels/options';
import { runbooksOf } from '../runbooks';

const FOLDER = 'must be an https URL, or a path, that ends in /';

const HUB = "must be true, false, or 'existing-hub'";

export const notifications = section(
  {
    ...CHANNEL_SCHEMA,
    /**
     * Sends another notification when an alarm returns to OK.
     * @default false
     */
    notifyOnOk: flag().default(false),
    /**
     * Also notifies the e-mail addresses through AWS User Notifications, seconds after a sign-in of root or
     * an IAM user, or a change by root. Each address must be activated once, within 12 hours, with the code
     * in an e-mail from AWS. The stack is in us-east-1 and free. An account needs a notification hub, which
     * the stack creates. Set this to 'existing-hub' if the account already has one in any Region: list them
     * with `aws notifications list-notification-hubs --region us-east-1`. Other partitions than the
     * commercial one do not have the service, so that the stack is omitted there.
     * @default true
     */
    rootNotice: z
      .union([z.boolean({ error: HUB }), z.literal('existing-hub', { error: HUB })], { error: HUB })
      .default(true),
    /**
     * Sends a summary each Monday at 07:00 UTC: sign-ins, uses of root, alarms, and manual changes of the
     * week, the state of the safeguards, and what to do. If it does not come, something is broken or was
     * silenced.
     * @default true
     */
    weeklySummary: flag().default(true),
    /**
     * Creates a CloudWatch dashboard with the name of `stackName`: states of the alarms, use of root,
     * sign-ins, changes, deliveries of notifications, and links to the runbooks. Three dashboards of an
     * account are free.
     * @default true
     */
    dashboard: flag().default(true),
    /**
     * Prefix of the links to runbooks in notifications: the URL of your copy of `docs/runbooks/`.
     * @default - the pages of this version on GitHub in the published package; 'docs/runbooks/' in a clone
     */
    runbooks: matching(/^(https:\/\/|(?![a-z]+:))[!-~]{0,200}\/$/, FOLDER)
      .refine((folder) => !folder.startsWith('https:') || URL.canParse(folder), {
        abort: true,
        error: FOLDER,
      })
      .regex(...UNREPLACED)
      .regex(...WITHOUT_CREDENTIALS)
      .default(() => runbooksOf()),
  },
  "must be an object such as { emails: ['security@example.com'] }",
);
