import { email } from './email';
import { https } from './https';
import { slack } from './slack';
import { teams } from './teams';

export type { INotificationChannel, MessageFormat } from './channel';
export { EmailChannel, type EmailChannelProps } from './email';
export { HttpsChannel, type HttpsChannelProps } from './https';
export { SlackChannel, type SlackChannelProps } from './slack';
export { TeamsChannel, type TeamsChannelProps } from './teams';

/** Every kind of channel that the configuration has options for. */
export const CHANNELS = [email, https, slack, teams] as const;
