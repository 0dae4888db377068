import { flag, list, section } from '../fields/basics';
import { email, httpsUrl, matching, UNREPLACED, WITHOUT_CREDENTIALS } from '../fields/text';
import { slack, teams } from './chat-channels';

const FOLDER = 'must be an https URL, or a path, that ends in /';

export const notifications = section(
  {
    /**
     * Addresses that receive alarms and budget notifications, at most ten. Each recipient must confirm the
     * subscription once, by e-mail.
     */
    emails: list(email(), 'e-mail addresses')
      .refine((emails) => emails.length > 0, {
        error: 'must name at least one address; otherwise nobody would receive an alarm',
      })
      .refine((emails) => emails.length <= 10, {
        error: 'must name at most 10 addresses, the limit of a budget notification; use a mailing list',
      }),
    /**
     * HTTPS endpoints of tools. They receive the events behind an alarm as JSON, and must confirm the
     * subscription.
     * @default []
     */
    httpsEndpoints: list(httpsUrl(), 'HTTPS URLs').default([]),
    /**
     * A channel in Slack. First authorize the workspace once, in the console of Amazon Q Developer in chat
     * applications.
     * @default - none
     */
    slack,
    /**
     * A channel in Microsoft Teams. First authorize the tenant once, in the same console.
     * @default - none
     */
    teams,
    /**
     * Sends another notification when an alarm returns to OK.
     * @default false
     */
    notifyOnOk: flag().default(false),
    /**
     * Prefix of the links to runbooks in notifications: the URL of your copy of `docs/runbooks/`.
     * @default 'docs/runbooks/'
     */
    runbooks: matching(/^(https:\/\/|(?![a-z]+:))[!-~]{0,200}\/$/, FOLDER)
      .refine((folder) => !folder.startsWith('https:') || URL.canParse(folder), {
        abort: true,
        error: FOLDER,
      })
      .regex(...UNREPLACED)
      .regex(...WITHOUT_CREDENTIALS)
      .default('docs/runbooks/'),
  },
  "must be an object such as { emails: ['security@example.com'] }",
);
