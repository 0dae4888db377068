import { Construct } from 'constructs';
import { accountSettings } from '../config/sections/account-settings';
import { checkProps, construct } from '../fields/check-props';
import * as accountAlias from './account-alias';
import type { AccountSettingFunction } from './setting-function';
import { setSwitches } from './set-switches';
import { CONTACTS, SWITCHES, type Switches } from './settings';

/** An alternate contact, to whom AWS sends notices. */
export interface ContactProps {
  /** 1 to 64 characters. */
  readonly name: string;
  /** 1 to 50 characters. */
  readonly title: string;
  /** E-mail address, preferably a shared mailbox. */
  readonly email: string;
  /** 1 to 25 characters. */
  readonly phone: string;
}

/** Contacts that receive notices from AWS, in addition to root's e-mail address. */
export interface ContactsProps {
  /** @default - not changed */
  readonly security?: ContactProps;
  /** @default - not changed */
  readonly billing?: ContactProps;
  /** @default - not changed */
  readonly operations?: ContactProps;
}

/** Properties of `AccountSettings`, with a switch for each setting that is on or off. */
export interface AccountSettingsProps extends Switches<typeof SWITCHES> {
  /** Function that applies the settings. */
  readonly handler: AccountSettingFunction;
  /**
   * Alias of the account, used in the sign-in URL.
   * @default - not changed
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
   * Keeps the settings when they are disabled or deleted, instead of restoring the previous values.
   * @default false
   */
  readonly keepOnRemoval?: boolean;
}

/**
 * Account settings that CloudFormation has no resource type for, in every Region. Custom resources store the
 * previous values, change settings that are not yet correct or stricter, and read them back. Deleting a
 * resource restores the previous values. Use it once per account.
 * @example
 * const handler = new AccountSettingFunction(this, 'Function');
 * new AccountSettings(this, 'Settings', { handler, alias: 'example-co' });
 */
export class AccountSettings extends Construct {
  /**
   * Where a setting was not changed because a policy of the organization manages it, by the name of the
   * setting.
   */
  readonly leftAlone: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: AccountSettingsProps) {
    super(scope, id);
    checkProps({ ...accountSettings.unwrap().shape, handler: construct() }, props);
    const { handler, alias, contacts = {}, keepOnRemoval: retain } = props;
    const switches = setSwitches(this, handler, SWITCHES, { ...props }, retain);
    const aliasResource =
      alias === undefined ? undefined : handler.set(this, accountAlias, { value: alias, retain });
    this.leftAlone = {
      ...switches,
      ...(aliasResource && { [accountAlias.setting.name]: aliasResource.getAttString('LeftAlone') }),
    };
    for (const who of ['security', 'billing', 'operations'] as const) {
      const contact = contacts[who];
      if (!contact) continue;
      const { name, title, email, phone } = contact;
      const value = { Name: name, Title: title, EmailAddress: email, PhoneNumber: phone };
      handler.set(this, CONTACTS[who], { value, retain });
    }
  }
}
