import { IAM } from '@aws-sdk/client-iam';
import { CLIENT } from '../settings/client-options';
import { settings } from '../settings/setting-provider';
import { configServiceRole } from './service-role-setting';

const iam = new IAM(CLIENT);

/** The service-linked role of AWS Config. */
export const handler = settings([configServiceRole], () => ({ iam }));
