import type { CloudFormation } from '@aws-sdk/client-cloudformation';
import type { CloudTrail } from '@aws-sdk/client-cloudtrail';
import type { GuardDuty } from '@aws-sdk/client-guardduty';
import type { IAM } from '@aws-sdk/client-iam';
import type { Organizations } from '@aws-sdk/client-organizations';
import type { SecurityHub } from '@aws-sdk/client-securityhub';
import type { Setting, Value } from '../../settings/setting';

/** Clients of the management account. */
export interface ServiceClients {
  readonly cloudFormation: CloudFormation;
  readonly cloudTrail: CloudTrail;
  /** Of one Region. */
  readonly guardDuty: GuardDuty;
  readonly iam: IAM;
  readonly organizations: Organizations;
  readonly securityHub: SecurityHub;
}

/** A setting of the organization. */
export type ServiceSetting<V extends Value = Value> = Setting<V, ServiceClients>;
