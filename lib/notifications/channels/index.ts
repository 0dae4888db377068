import { email } from './email';
import { https } from './https';
import { slack } from './slack';
import { teams } from './teams';

export type { INotificationChannel, MessageFormat } from './channel';
export { EmailChannel, type EmailChannelProps } from './email';
export { HttpsChannel, type HttpsChannelProps } from './https';
export { SlackChannel, type SlackChannelProps } from './slack';
export { TeamsChannel, type TeamsChannelProps } from './teams';

/** All channels that have options in the configuration. */
export const CHANNELS = [email, https, slack, teams] as const;
