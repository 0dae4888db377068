import { flag, section } from '../../fields/basics';
import { matching, UNREPLACED, WITHOUT_CREDENTIALS } from '../../fields/text';
import { CHANNEL_SCHEMA } from '../../notifications/channels/options';

const FOLDER = 'must be an https URL, or a path, that ends in /';

export const notifications = section(
  {
    ...CHANNEL_SCHEMA,
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
