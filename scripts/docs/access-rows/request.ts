/**
 * Who may do what, as rows that the tests prove and docs/access.md shows. Names in `${}` are those of the
 * template.
 */

export type Answer = 'yes' | 'no';

/** Keys that IAM knows of a request, beside those that every request has. */
export type Context = Readonly<Record<string, string | readonly string[]>>;

export interface Request {
  /** ARN of a user or role, a service, or `anonymous`. */
  readonly who: string;
  /** ARN of the one resource, or `*` where the action knows none. */
  readonly on: string;
  /** @default {} */
  readonly context?: Context;
}

/** A task that somebody tries. */
export interface Task {
  /** The task as a person would say it, in the imperative. */
  readonly task: string;
  readonly actions: readonly string[];
  /** @default '*' */
  readonly on?: string;
  /**
   * Condition keys that IAM derives from the resource.
   * @default {}
   */
  readonly context?: Context;
}

export const ALICE = '${AdminAccessaliceUser.Arn}';
export const CAROL = '${BillingAccessViewerscarolUser.Arn}';
export const BOB = 'arn:aws:iam::${AWS::AccountId}:user/bob';
/** A role that may do everything, of a workload. */
export const WORKER = 'arn:aws:iam::${AWS::AccountId}:role/worker';
/** The role of somebody who signs in through IAM Identity Center. */
export const identityCenterRole = (account: string) =>
  `arn:aws:iam::${account}:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Admin_0123456789abcdef`;
/** A role of a workload that is named like one of IAM Identity Center. */
export const LOOKALIKE = 'arn:aws:iam::${AWS::AccountId}:role/AWSReservedSSO_Admin_0123456789abcdef';
export const ROOT = 'arn:aws:iam::${AWS::AccountId}:root';
export const MALLORY = 'arn:aws:iam::999999999999:user/mallory';

export const WITH_MFA: Context = { 'aws:MultiFactorAuthPresent': 'true' };
/** A console session, or a session token that was got without MFA. */
export const WITHOUT_MFA: Context = { 'aws:MultiFactorAuthPresent': 'false' };
/** A long-term access key: IAM does not know whether there is a device. */
export const ACCESS_KEY: Context = {};

/** A service that calls with the caller's permissions, and does not pass MFA on. */
export const via = (service: string): Context => ({
  'aws:CalledVia': [service],
  'aws:ViaAWSService': 'true',
});
export const VIA_CLOUDFORMATION = via('cloudformation.amazonaws.com');

/** CloudFormation with a service role, for which IAM knows of no service on the way. */
export const AS_SERVICE_ROLE: Context = { 'aws:userid': 'AROAEXAMPLE:AWSCloudFormation' };

/** Answers, short enough for columns. */
export const yes = 'yes';
export const no = 'no';

/** What exists in the profile strict alone, with everything that it enables. */
export interface InProfile {
  /** @default - in every profile */
  readonly only?: 'standard' | 'strict';
}

export const LOG_FILE = '${AuditTrailBucket.Arn}/AWSLogs/${AWS::AccountId}/CloudTrail/us-east-1/file';
/** The trail's log group, as calls that speak of it are checked. */
export const TRAIL_LOGS =
  'arn:aws:logs:us-east-1:${AWS::AccountId}:log-group:${AuditTrailLogGroup}:log-stream:';
