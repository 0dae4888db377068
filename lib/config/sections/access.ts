import { flag, list, section } from '../../fields/basics';
import { accountId, groupName, providerName } from '../../fields/names';

export const access = section({
  /**
   * Name of the group. If you change it, the members move to a new group and the old one is deleted.
   * @default 'Administrators'
   */
  groupName: groupName().default('Administrators'),
  /**
   * Prevents administrators from accidentally deleting or changing the group, its policies, the trail, its
   * buckets, key or log group, the topics, the alarms or the detectors. CloudFormation can still change them.
   * @default true
   */
  guard: flag().default(true),
  /**
   * Creates a role for cases with AWS Support. Administrators can assume it with MFA.
   * @default true
   */
  supportRole: flag().default(true),
  /**
   * Keeps the group, the users and the policies when the stack is deleted, so that nobody is locked out.
   * @default true
   */
  keepOnRemoval: flag().default(true),
  /**
   * IDs of the other AWS accounts that may assume roles in this account or use what it shares. `verify`
   * reports every other account. The option itself grants nothing.
   * @default []
   */
  trustedAccounts: list(accountId(), 'account IDs').default([]),
  /**
   * Identity providers whose users may assume roles: the name of a SAML provider, the URL of an OpenID
   * Connect provider without `https://`, or 'identity-center'. `verify` reports every other provider. The
   * option itself grants nothing.
   * @default []
   */
  trustedProviders: list(providerName(), 'identity providers').default([]),
}).prefault({});
