import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { CloudTrail } from '@aws-sdk/client-cloudtrail';
import { IAM } from '@aws-sdk/client-iam';
import { Organizations } from '@aws-sdk/client-organizations';
import { CLIENT } from '../../settings/client-options';
import { settings } from '../../settings/setting-provider';
import type { ServiceClients, ServiceSetting } from './service-setting';

const clients: ServiceClients = {
  cloudFormation: new CloudFormation(CLIENT),
  cloudTrail: new CloudTrail(CLIENT),
  iam: new IAM(CLIENT),
  organizations: new Organizations(CLIENT),
};

/** Serves settings of the organization. */
export const serve = (all: readonly ServiceSetting[]) => settings(all, () => clients);
