/**
 * What `verify` reads of the deployed stacks. Constructs mark the resource in its CloudFormation `Metadata`, so that
 * nothing that reads an account knows logical ids.
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
  | 'support-role'
  | 'first-password'
  | 'budget'
  | 'anomaly-monitor'
  | 'anomaly-subscription';

/** Key of a resource's metadata that the baseline writes. */
export const METADATA_KEY = 'AccountBaseline';
