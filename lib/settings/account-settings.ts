import { Construct } from 'constructs';
import * as accountAlias from './account-alias';
import type { AccountSettingFunction } from './setting-function';
import { setSwitches } from './set-switches';
import { CONTACTS, SWITCHES, type Switches } from './settings';

/** Somebody whom AWS tells. */
export interface ContactProps {
  /** 1 to 64 characters. */
  readonly name: string;
  /** 1 to 50 characters. */
  readonly title: string;
  /** A mailbox, of more than one person at best. */
  readonly email: string;
  /** 1 to 25 characters. */
  readonly phone: string;
}

/** Whom AWS tells beside root's address. */
export interface ContactsProps {
  /** @default - stays as it is */
  readonly security?: ContactProps;
  /** @default - stays as it is */
  readonly billing?: ContactProps;
  /** @default - stays as it is */
  readonly operations?: ContactProps;
}

/** What is set; the switches are those of {@link SWITCHES}, each with its default. */
export interface AccountSettingsProps extends Switches<typeof SWITCHES> {
  /** Sets them. */
  readonly handler: AccountSettingFunction;
  /**
   * Alias of the account, in the sign-in address.
   * @default - stays as it is
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/console-account-alias.html
   */
  readonly alias?: string;
  /**
   * Alternate contacts.
   * @default {}
   * @see https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-update-contact-alternate.html
   */
  readonly contacts?: ContactsProps;
  /**
   * Leave the settings as they are when they are switched off or deleted.
   * @default false
   */
  readonly keepOnRemoval?: boolean;
}

/**
 * Settings of the account that CloudFormation has no type for, in every Region: custom resources that
 * remember what was there before, set what is not right or stricter already, read it back, and restore it
 * when they are deleted.
 */
export class AccountSettings extends Construct {
  /**
   * Where a policy of the organization manages a setting, so that it was not changed; by the name of the
   * setting.
   */
  readonly leftAlone: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: AccountSettingsProps) {
    super(scope, id);
    const { handler, alias, contacts = {}, keepOnRemoval: retain } = props;
    this.leftAlone = setSwitches(this, handler, SWITCHES, { ...props }, retain);
    if (alias !== undefined) handler.set(this, accountAlias, { value: alias, retain });
    for (const who of ['security', 'billing', 'operations'] as const) {
      const contact = contacts[who];
      if (!contact) continue;
      const { name, title, email, phone } = contact;
      const value = { Name: name, Title: title, EmailAddress: email, PhoneNumber: phone };
      handler.set(this, CONTACTS[who], { value, retain });
    }
  }
}
