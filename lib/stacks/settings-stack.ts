import type { Construct } from 'constructs';
import { AccountSettings } from '../settings/account-settings';
import { PasswordPolicy } from '../settings/password-policy';
import type { SettingModule } from '../settings/setting';
import { SETTINGS } from '../settings/settings';
import { AccountSettingFunction } from '../settings/setting-function';
import { BaselineStack, type ConfiguredStackProps } from './baseline-stack';

/** Properties of `SettingsStack`. */
export interface SettingsStackProps extends ConfiguredStackProps {
  /**
   * Settings that the function knows. It restores those that a later configuration leaves out.
   * @default - all
   */
  readonly settings?: readonly SettingModule[];
}

/** Password policy and settings of the account and its Regions, which are the same in every account. */
export class SettingsStack extends BaselineStack {
  /** Names of the settings that the daily check covers. */
  readonly checkedSettings: readonly string[];

  constructor(scope: Construct, id: string, props: SettingsStackProps) {
    super(scope, id, props);
    const { config, settings = SETTINGS } = props;
    const { accountSettings, passwordPolicy } = config;
    this.checkedSettings = settings.map(({ setting }) => setting.name);
    const { dailyCheck, regions } = accountSettings;
    const handler = new AccountSettingFunction(this, 'Settings', { settings, regions, dailyCheck });
    new PasswordPolicy(this, 'PasswordPolicy', { ...passwordPolicy, handler });
    const { leftAlone } = new AccountSettings(this, 'Account', { ...accountSettings, handler });
    for (const [name, value] of Object.entries(leftAlone)) {
      this.output(`LeftAlone${name}`, value, 'Not changed: managed by the organization, or taken');
    }
  }
}
