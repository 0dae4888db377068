import { z } from 'zod';
import { section, wholeNumber } from '../../fields/basics';
import { matching } from '../../fields/text';

const LIST = '`aws identitystore list-groups --identity-store-id ID` lists names and IDs';

/** CloudFormation cannot look a group up by its name. */
const groupId = matching(
  /^(?:[0-9a-f]{10}-)?[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$/,
  `must be the ID of a group; ${LIST}`,
);

/** Groups of the identity store: the ID of each by its name. */
const groups = () =>
  z
    .record(z.string(), groupId, {
      error: `must be an object such as { Developers: 'a4e8f458-1234-5678-9abc-def012345678' }; ${LIST}`,
    })
    .refine((ids) => new Set(Object.values(ids)).size === Object.keys(ids).length, {
      error: 'must not have two names for the same group',
    })
    .default({});

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
   * Groups that administer the account, within the guard: the ID of each by its name.
   * @default - none
   */
  administrators: groups(),
  /**
   * Groups that may do everything but manage people. With `access.delegation`, they create roles.
   * @default - none
   */
  powerUsers: groups(),
  /**
   * Groups that may read everything.
   * @default - none
   */
  readers: groups(),
  /**
   * Groups that audit: read settings, but no data.
   * @default - none
   */
  auditors: groups(),
  /**
   * Groups that may read bills.
   * @default - none
   */
  billing: groups(),
})
  .refine(
    (given) =>
      [given.administrators, given.powerUsers, given.readers, given.auditors, given.billing].some(
        (ids) => Object.keys(ids).length > 0,
      ),
    { error: 'must give a group access: administrators, powerUsers, readers, auditors, or billing' },
  )
  .optional();
