import type { Construct } from 'constructs';
import type { ConsoleUserProps } from '../access/console-group';
import type { BaselineConfig } from '../config/config';
import type { EmailChannelProps } from '../notifications/channels/email';

/** Where the names of people come from: the configuration, or the parameters of a standalone template. */
export interface People {
  /** The administrators, for this stack. */
  administrators(stack: Construct): readonly ConsoleUserProps[];
  /** The recipients, for this stack. */
  emails(stack: Construct): readonly EmailChannelProps[];
}

/** What the standalone templates have parameters for. */
export type SlotKind = 'Administrator' | 'Email';

/**
 * Name of a parameter, and construct id of whom it names. It is the same in the app, which would otherwise create
 * the user or the subscription again when it takes the stacks over.
 *
 * @param index from 0
 */
export function slotId(kind: SlotKind, index: number): string {
  return `${kind}${index + 1}`;
}

/** The people of a configuration, those that it takes over under the ids that they have. */
export function configuredPeople({ administrators, dayZero, notifications }: BaselineConfig): People {
  const idOf = (kind: SlotKind, slots: readonly string[] = [], name: string): string | undefined =>
    slots.includes(name) ? slotId(kind, slots.indexOf(name)) : undefined;
  return {
    administrators: () =>
      administrators.map((userName) => ({
        userName,
        id: idOf('Administrator', dayZero?.administrators, userName),
      })),
    emails: () =>
      notifications.emails.map((address) => ({ address, id: idOf('Email', dayZero?.emails, address) })),
  };
}
