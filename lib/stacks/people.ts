import type { CfnCondition } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { ConsoleUserProps } from '../access/console-group';
import type { BaselineConfig } from '../config/config';
import type { EmailChannelProps } from '../notifications/channels/email';

/** Source of names: the configuration, or the parameters of a standalone template. */
export interface People {
  /** The administrators. */
  administrators(stack: Construct): readonly ConsoleUserProps[];
  /** The recipients. */
  emails(stack: Construct): readonly EmailChannelProps[];
  /** Whether their account needs a notification hub. @default - as the configuration says */
  needHub?(stack: Construct): CfnCondition;
}

/** Kinds of parameters of the standalone templates. */
export type SlotKind = 'Administrator' | 'Email';

/**
 * Name of a parameter, and construct ID of the user or subscription that it names. The app uses the same ID
 * when it takes over the stacks. Otherwise it would create them again.
 *
 * @param index from 0
 */
export function slotId(kind: SlotKind, index: number): string {
  return `${kind}${index + 1}`;
}

/** The people of a configuration. Those of standalone templates keep their IDs. */
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
