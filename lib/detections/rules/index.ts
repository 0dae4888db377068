import type { Detection } from '../detection';
import { accessKeyCreated } from './access-key-created';
import { accountSettingsChanged } from './account-settings-changed';
import { baselineDeployed } from './baseline-deployed';
import { baselineTamperedWith } from './baseline-tampered-with';
import { bucketPolicyChanged } from './bucket-policy-changed';
import { callDenied } from './call-denied';
import { changedByHand } from './changed-by-hand';
import { configChangeAttempted } from './config-change-attempted';
import { configChanged } from './config-changed';
import { firstPasswordRead } from './first-password-read';
import { gatewayChanged } from './gateway-changed';
import { iamPolicyChanged } from './iam-policy-changed';
import { keyDisableAttempted } from './key-disable-attempted';
import { keyDisabled } from './key-disabled';
import { mfaDeviceAdded } from './mfa-device-added';
import { networkAclChanged } from './network-acl-changed';
import { organizationChanged } from './organization-changed';
import { outsiderTrusted } from './outsider-trusted';
import { rootAccessAttempted } from './root-access-attempted';
import { rootCredentialsChanged } from './root-credentials-changed';
import { rootUseAttempted } from './root-use-attempted';
import { rootUsed } from './root-used';
import { rootUsedDirectly } from './root-used-directly';
import { routeChanged } from './route-changed';
import { securityGroupChanged } from './security-group-changed';
import { sensitiveCallDenied } from './sensitive-call-denied';
import { signInFailed } from './sign-in-failed';
import { signInWithoutMfa } from './sign-in-without-mfa';
import { trailChangeAttempted } from './trail-change-attempted';
import { trailChanged } from './trail-changed';
import { userChanged } from './user-changed';
import { vpcChanged } from './vpc-changed';

/** Every detection, in the order of the runbook. */
export const DETECTIONS: readonly Detection[] = [
  rootUsed,
  rootUsedDirectly,
  rootCredentialsChanged,
  baselineTamperedWith,
  trailChanged,
  keyDisabled,
  configChanged,
  accountSettingsChanged,
  organizationChanged,
  accessKeyCreated,
  userChanged,
  outsiderTrusted,
  firstPasswordRead,
  rootAccessAttempted,
  signInWithoutMfa,
  mfaDeviceAdded,
  changedByHand,
  baselineDeployed,
  sensitiveCallDenied,
  signInFailed,
  callDenied,
  rootUseAttempted,
  trailChangeAttempted,
  keyDisableAttempted,
  configChangeAttempted,
  iamPolicyChanged,
  bucketPolicyChanged,
  securityGroupChanged,
  networkAclChanged,
  gatewayChanged,
  routeChanged,
  vpcChanged,
];
