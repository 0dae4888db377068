/** What a check says of the account. */
export type Status = 'pass' | 'fail' | 'manual' | 'unknown';

/** What to do about it. */
export interface Remedy {
  readonly text: string;
  readonly command?: string;
  readonly link?: string;
}

export interface Finding {
  /** Id of the check, such as `root-mfa`. */
  readonly check: string;
  /** One line: the requirement, such as "Root has an MFA device", or the problem where the status is fail or manual. */
  readonly title: string;
  readonly area:
    'root' | 'people' | 'password' | 'trail' | 'alarms' | 'notifications' | 'settings' | 'billing' | 'stack';
  readonly severity: 'critical' | 'high' | 'medium' | 'low';
  readonly status: Status;
  /** What was seen, in a sentence; for unknown: which permission is missing or what went wrong. */
  readonly detail: string;
  /** ARN or name of what it is about. */
  readonly resource?: string;
  readonly region?: string;
  /** Always there for fail and manual. */
  readonly remedy?: Remedy;
  /** Such as "CIS 2.5", "SSB ACCT.06", "FSBP IAM.6": `standard id` of lib/catalog/controls.ts. */
  readonly controls: readonly string[];
}

/** The outcome of one run of `verify`. */
export interface Posture {
  readonly account: string;
  readonly accountName?: string;
  readonly region: string;
  readonly partition: string;
  /** Prefix of the names of the stacks. */
  readonly stackName: string;
  /** ISO 8601. */
  readonly at: string;
  readonly findings: readonly Finding[];
}
