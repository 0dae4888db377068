import { list, section, wholeNumber } from '../../fields/basics';
import { matching } from '../../fields/text';

/** A group of the identity store. CloudFormation cannot look it up by its name. */
const group = () =>
  matching(
    /^(?:[0-9a-f]{10}-)?[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$/,
    'must be the ID of a group; `aws identitystore list-groups --identity-store-id ID` lists names and IDs',
  );

const groups = () => list(group(), 'group IDs').default([]);

export const identityCenter = section({
  /**
   * ARN of the organization instance: `aws sso-admin list-instances` shows it. It must be in the home Region.
   */
  instanceArn: matching(
    /^arn:aws(?:-[a-z]+)*:sso:::instance\/(?:sso)?ins-[a-zA-Z0-9.-]{16}$/,
    'must be the ARN of an organization instance of IAM Identity Center, such as arn:aws:sso:::instance/ssoins-0123456789abcdef; ' +
      'if the organization has none, somebody who administers its management account enables it in the console of IAM Identity Center',
  ),
  /**
   * Hours after which people sign in again, from 1 to 12.
   * @default - 4
   */
  sessionHours: wholeNumber('hours', 1, 12).default(4),
  /**
   * IDs of groups that administer the account, within the guard.
   * @default - none
   */
  administrators: groups(),
  /**
   * IDs of groups that may do everything but manage people. With `access.delegation`, they create roles.
   * @default - none
   */
  powerUsers: groups(),
  /**
   * IDs of groups that may read everything.
   * @default - none
   */
  readers: groups(),
  /**
   * IDs of groups that audit: read settings, but no data.
   * @default - none
   */
  auditors: groups(),
  /**
   * IDs of groups that may read bills.
   * @default - none
   */
  billing: groups(),
})
  .refine(
    (given) =>
      [given.administrators, given.powerUsers, given.readers, given.auditors, given.billing].some(
        (ids) => ids.length > 0,
      ),
    { error: 'must give a group access: administrators, powerUsers, readers, auditors, or billing' },
  )
  .optional();
