import type { Finding, Status } from '../finding';
import type { Format } from '../report';

/** The options of a command. bin/aws-account-baseline.mjs declares them and rejects invalid choices. */
export interface Options {
  readonly config: string;
  readonly profile?: string;
  readonly region?: string;
  readonly json?: boolean;
  readonly output?: string;
  /** Hides progress; for checks and plans, shows only what is wrong. */
  readonly quiet?: boolean;
  /** False for --no-color. */
  readonly color: boolean;
  /** Of `verify`: IDs of the checks to show and judge. @default - all */
  readonly check?: readonly string[];
  /** Of `verify`: severities of the findings to show and judge. @default - all */
  readonly severity?: readonly Finding['severity'][];
  /** Of `verify`: statuses of the findings to show and judge. @default - all */
  readonly status?: readonly Status[];
  /** Statuses that also fail the command, besides failed checks. */
  readonly failOn?: readonly Status[];
  readonly testAlert?: boolean;
  readonly detectDrift?: boolean;
  /** Format of the report. */
  readonly format?: Format;
  /** Of `report`: file with an earlier report in JSON, to show what changed. */
  readonly since?: string;
  /** Whether a drill was done. */
  readonly done?: boolean;
  readonly write?: boolean;
  /** Of `preflight`: whether the deployment imports resources that have the name of ours. */
  readonly importExistingResources?: boolean;
  /** Of `adopt`: file of the decisions. @default - they are not kept */
  readonly plan?: string;
  readonly yes?: boolean;
  /** Of `init`: IAM user names. */
  readonly administrator?: readonly string[];
  /** Of `init`: recipients of notifications. */
  readonly email?: readonly string[];
  /** Of `init`: GitHub repository whose pipeline deploys. */
  readonly pipeline?: string;
  /** Of `init`: where npm gets the package. */
  readonly package?: string;
  /** Of `explain`: who makes the request. */
  readonly as?: string;
  /** Of `explain`: the action. */
  readonly can?: string;
  /** Of `explain`: ARN or logical ID of the resource. @default - an example */
  readonly on?: string;
  readonly withoutMfa?: boolean;
  readonly withAccessKey?: boolean;
  readonly throughCloudformation?: boolean;
  /** Of `explain`: whether to answer from the templates, without an account. */
  readonly template?: boolean;
  /** Of `explain`: address of the caller. Of `diff`: folder or archive with templates, or `deployed`. */
  readonly from?: string;
  /** Of `uninstall`: whether to plan for the stacks in the account, instead of the configuration. */
  readonly deployed?: boolean;
  /** Of `org`: IDs of the accounts. @default - all that the configuration covers */
  readonly account?: readonly string[];
  /** Of `org`: ID of an OU, with the OUs below it. */
  readonly ou?: string;
  /** Of `org verify`: whether to continue the interrupted run. */
  readonly resume?: boolean;
  /** Of `org root-audit`: whether to delete the credentials of root users. */
  readonly deleteCredentials?: boolean;
  /** Of `org root-audit`: IDs of accounts to delete them from without asking. */
  readonly yesDelete?: readonly string[];
  /** Of `org plan`: names of policies. @default - those of the configuration that are not off */
  readonly policy?: readonly string[];
  /** Of `org plan`: days of the trail. @default 14 */
  readonly days?: number;
  /** Of `org plan`: maximum number of pages of the trail. @default 1000 */
  readonly pages?: number;
  /** Of `org plan`: log group of the trail. @default - that of the baseline */
  readonly logGroup?: string;
}
