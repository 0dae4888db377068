/**
 * Resources of the deployed stacks that `verify` reads. Constructs mark them in their CloudFormation
 * `Metadata`, so the readers need no logical IDs.
 */
export type PartName =
  | 'trail'
  | 'log-bucket'
  | 'log-group'
  | 'key'
  | 'notification-topic'
  | 'alarm-topic'
  | 'explainer'
  | 'explainer-role'
  | 'explainer-log-group'
  | 'heartbeat'
  | 'email-contact'
  | 'support-role'
  | 'people-group'
  | 'first-password'
  | 'budget'
  | 'anomaly-monitor'
  | 'anomaly-subscription';

/** Metadata key that the baseline uses. */
export const METADATA_KEY = 'AccountBaseline';
