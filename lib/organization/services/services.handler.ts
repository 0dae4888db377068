import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { CloudTrail } from '@aws-sdk/client-cloudtrail';
import { GuardDuty } from '@aws-sdk/client-guardduty';
import { IAM } from '@aws-sdk/client-iam';
import { Organizations } from '@aws-sdk/client-organizations';
import { SecurityHub } from '@aws-sdk/client-securityhub';
import { CLIENT, clientOf } from '../../settings/client-options';
import { settings } from '../../settings/setting-provider';
import type { ServiceSetting } from './service-setting';

const ofOrganization = {
  cloudFormation: new CloudFormation(CLIENT),
  cloudTrail: new CloudTrail(CLIENT),
  iam: new IAM(CLIENT),
  organizations: new Organizations(CLIENT),
  securityHub: new SecurityHub(CLIENT),
};

/** Serves settings of the organization. */
export const serve = (all: readonly ServiceSetting[]) =>
  settings(all, (region) => ({ ...ofOrganization, guardDuty: new GuardDuty(clientOf(region)) }));
