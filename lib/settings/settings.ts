import * as accessAnalyzer from './access-analyzer';
import * as accountAlias from './account-alias';
import * as amiPublicAccessBlock from './ami-public-access-block';
import * as billingContact from './billing-contact';
import * as defaultSecurityGroups from './default-security-groups';
import * as defaultVpc from './default-vpc';
import * as ebsEncryption from './ebs-encryption';
import * as imdsV2 from './imds-v2';
import * as operationsContact from './operations-contact';
import * as passwordPolicy from './password-policy-setting';
import * as s3PublicAccessBlock from './s3-public-access-block';
import * as securityContact from './security-contact';
import * as serialConsoleOff from './serial-console-off';
import type { SettingModule } from './setting';
import * as snapshotPublicAccessBlock from './snapshot-public-access-block';

/** Settings that are on or off. To add one, add a line here. */
export const SWITCHES = [
  s3PublicAccessBlock,
  ebsEncryption,
  imdsV2,
  snapshotPublicAccessBlock,
  amiPublicAccessBlock,
  serialConsoleOff,
  accessAnalyzer,
] as const;

/**
 * Switches of the default networks. They have their own function, because most accounts do not need its code.
 */
export const NETWORK_SWITCHES = [defaultVpc, defaultSecurityGroups] as const;

/** Alternate contacts, by option name in `accountSettings.contacts`. */
export const CONTACTS = {
  security: securityContact,
  billing: billingContact,
  operations: operationsContact,
} as const;

/** All settings of the account-settings function. */
export const SETTINGS: readonly SettingModule[] = [
  passwordPolicy,
  securityContact,
  billingContact,
  operationsContact,
  accountAlias,
  ...SWITCHES,
];

/** The options of a list of switches, each with its documentation and default. */
export type OptionsOf<T> = T extends readonly [
  { readonly option: infer Option extends Readonly<Record<string, boolean>> },
  ...infer Rest,
]
  ? Option & OptionsOf<Rest>
  : unknown;

/** Values of these options. Mapping over `OptionsOf` keeps the documentation of each option. */
export type Switches<T> = { readonly [Name in keyof OptionsOf<T>]?: boolean };
