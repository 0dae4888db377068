import { accessAnalyzer } from './access-analyzer';
import { accountAlias } from './account-alias';
import { amiPublicAccessBlock } from './ami-public-access-block';
import { CONTACTS } from './contacts';
import { defaultSecurityGroups } from './default-security-groups';
import { defaultVpc } from './default-vpc';
import { ebsEncryption } from './ebs-encryption';
import { imdsV2 } from './imds-v2';
import { passwordPolicy } from './password-policy-setting';
import { s3PublicAccessBlock } from './s3-public-access-block';
import { serialConsoleOff } from './serial-console-off';
import type { Setting } from './setting';
import { snapshotPublicAccessBlock } from './snapshot-public-access-block';

/** Settings that are on or off. A new one is a line here. */
export const SWITCHES = [
  s3PublicAccessBlock,
  ebsEncryption,
  imdsV2,
  snapshotPublicAccessBlock,
  amiPublicAccessBlock,
  serialConsoleOff,
  accessAnalyzer,
] as const;

/** Switches of the default networks, which a function of their own serves: most accounts go without its code. */
export const NETWORK_SWITCHES = [defaultVpc, defaultSecurityGroups] as const;

/** Switches by the names of their options. */
export type SettingSwitches = Readonly<
  Partial<Record<(typeof SWITCHES | typeof NETWORK_SWITCHES)[number]['option']['name'], boolean>>
>;

/** All settings that the function of the account settings serves. */
export const SETTINGS: readonly Setting[] = [
  passwordPolicy,
  ...Object.values(CONTACTS),
  accountAlias,
  ...SWITCHES,
];
