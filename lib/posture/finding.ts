/** Result of a check. */
export type Status = 'pass' | 'fail' | 'manual' | 'unknown';

/** How to fix it. */
export interface Remedy {
  readonly text: string;
  readonly command?: string;
  readonly link?: string;
}

/** One result of a check. */
export interface Finding {
  /** ID of the check, such as `root-mfa`. */
  readonly check: string;
  /**
   * One line: the requirement, such as "Root has an MFA device", or the problem if the status is fail or
   * manual.
   */
  readonly title: string;
  readonly area:
    'root' | 'people' | 'password' | 'trail' | 'alarms' | 'notifications' | 'settings' | 'billing' | 'stack';
  readonly severity: 'critical' | 'high' | 'medium' | 'low';
  readonly status: Status;
  /** What was found, in a sentence. If unknown: the missing permission, or what went wrong. */
  readonly detail: string;
  /** ARN or name of the affected resource. */
  readonly resource?: string;
  readonly region?: string;
  /** Always set for fail and manual. */
  readonly remedy?: Remedy;
  /**
   * Controls, as `standard id` of lib/catalog/controls.ts, such as "CIS 2.5", "SSB ACCT.06", or "FSBP IAM.6".
   */
  readonly controls: readonly string[];
}

/** The result of one run of `verify`. */
export interface Posture {
  readonly account: string;
  readonly accountName?: string;
  readonly region: string;
  readonly partition: string;
  /** Prefix of the names of the stacks. */
  readonly stackName: string;
  /** Time of the run, in ISO 8601. */
  readonly at: string;
  readonly findings: readonly Finding[];
}
