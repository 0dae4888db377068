import type { Construct } from 'constructs';
import { AccountSettings } from '../settings/account-settings';
import { PasswordPolicy } from '../settings/password-policy';
import { SETTINGS } from '../settings/settings';
import { AccountSettingFunction } from '../settings/setting-function';
import { BaselineStack, type ConfiguredStackProps } from './baseline-stack';

/** Password policy and settings of the account and its Regions, which are the same in every account. */
export class SettingsStack extends BaselineStack {
  /** Names of the settings that the daily check covers. */
  readonly checkedSettings: readonly string[] = SETTINGS.map(({ setting }) => setting.name);

  constructor(scope: Construct, id: string, props: ConfiguredStackProps) {
    super(scope, id, props);
    const { accountSettings, passwordPolicy } = props.config;
    const { dailyCheck, regions } = accountSettings;
    const handler = new AccountSettingFunction(this, 'Settings', { regions, dailyCheck });
    new PasswordPolicy(this, 'PasswordPolicy', { ...passwordPolicy, handler });
    const settings = new AccountSettings(this, 'Account', { ...accountSettings, handler });
    for (const [name, value] of Object.entries(settings.leftAlone)) {
      this.output(`LeftAlone${name}`, value, 'Not changed: managed by the organization, or taken');
    }
  }
}
