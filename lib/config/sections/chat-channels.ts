import { section } from '../fields/basics';
import { uuid } from '../fields/names';
import { matching } from '../fields/text';

export const slack = section({
  /** ID of the workspace, such as T0123ABCD. */
  workspaceId: matching(/^T[A-Z0-9]+$/, 'must be the ID of a Slack workspace, such as T0123ABCD'),
  /** ID of the channel, such as C0123ABCD. */
  channelId: matching(/^[A-Z0-9]+$/, 'must be the ID of a Slack channel, such as C0123ABCD'),
}).optional();

export const teams = section({
  /** ID of the tenant, a UUID. */
  tenantId: uuid('a tenant'),
  /** ID of the team, a UUID. */
  teamId: uuid('a team'),
  /** ID of the channel, URL-encoded as in its link. */
  channelId: matching(
    /^(?=.{1,256}$)[\w=+/.,-]*%3[aA][\w=+/.,-]*%40[\w=+/.,-]*$/,
    'must be the URL-encoded ID of a channel, as in its link: 19%3a…%40thread.tacv2',
  ),
}).optional();
