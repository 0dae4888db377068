import { join } from 'node:path';
import { Construct } from 'constructs';
import { accountAlias } from './account-alias';
import { CONTACTS } from './contacts';
import { type AccountSettingFunction, SettingFunction } from './setting-function';
import { NETWORK_SWITCHES, SWITCHES, type SettingSwitches } from './settings';

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
export interface AccountSettingsProps extends SettingSwitches {
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
 * Settings of the account that CloudFormation has no type for, in every Region: custom resources that remember what was
 * there before, set what is not right or stricter already, read it back, and restore it when they are deleted.
 */
export class AccountSettings extends Construct {
  /** What was not changed because it is in use or an organization manages it, by the name of the setting. */
  readonly leftAlone: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: AccountSettingsProps) {
    super(scope, id);
    const { handler, alias, contacts = {}, keepOnRemoval: retain } = props;
    const switches: SettingSwitches = props;
    const leftAlone: Record<string, string> = {};
    let networks: SettingFunction | undefined;
    const networksFunction = () =>
      (networks ??= new SettingFunction(this, 'NetworksFunction', {
        entry: join(__dirname, './default-networks.handler.ts'),
        description: 'Default networks',
        settings: NETWORK_SWITCHES,
        regions: handler.regions,
      }));
    const isNetwork = (setting: object) => NETWORK_SWITCHES.some((one) => one === setting);
    for (const setting of [...SWITCHES, ...NETWORK_SWITCHES]) {
      const { name, option } = setting;
      if (!(switches[option.name] ?? option.default)) continue;
      const server = isNetwork(setting) ? networksFunction() : handler;
      const resource = server.set(this, setting, { retain });
      if ('leftAlone' in setting) leftAlone[name] = resource.getAttString('LeftAlone');
    }
    this.leftAlone = leftAlone;
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
