import { CHANNELS } from '.';
import type { INotificationChannel } from './channel';

type Kind = (typeof CHANNELS)[number];

/** A type with the properties of all members of a union. */
type Merged<Union> = (Union extends unknown ? (value: Union) => void : never) extends (
  value: infer All,
) => void
  ? All
  : never;

/** The options of all channels. */
export type ChannelOptions = Merged<Parameters<Kind['channels']>[0]>;

/** The schema of these options, for `notifications` in the configuration. */
// Object.assign does not keep the types of a list.
export const CHANNEL_SCHEMA = Object.assign({}, ...CHANNELS.map(({ schema }) => schema)) as Merged<
  Kind['schema']
>;

/** Creates the channels of the options, in the order of {@link CHANNELS}. */
export function channelsOf(options: ChannelOptions): INotificationChannel[] {
  return CHANNELS.flatMap<INotificationChannel>((kind) => kind.channels(options));
}
