import type { Detection } from '../detection';
import { accessKeyCreated } from './access-key-created';
import { accountSettingsChanged } from './account-settings-changed';
import { baselineTamperedWith } from './baseline-tampered-with';
import { bucketPolicyChanged } from './bucket-policy-changed';
import { callDenied } from './call-denied';
import { changedByHand } from './changed-by-hand';
import { configChanged } from './config-changed';
import { gatewayChanged } from './gateway-changed';
import { iamPolicyChanged } from './iam-policy-changed';
import { keyDisabled } from './key-disabled';
import { networkAclChanged } from './network-acl-changed';
import { organizationChanged } from './organization-changed';
import { rootCredentialsChanged } from './root-credentials-changed';
import { rootUsed } from './root-used';
import { rootUsedDirectly } from './root-used-directly';
import { routeChanged } from './route-changed';
import { securityGroupChanged } from './security-group-changed';
import { signInFailed } from './sign-in-failed';
import { signInWithoutMfa } from './sign-in-without-mfa';
import { trailChanged } from './trail-changed';
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
  signInWithoutMfa,
  accessKeyCreated,
  accountSettingsChanged,
  organizationChanged,
  changedByHand,
  signInFailed,
  callDenied,
  iamPolicyChanged,
  bucketPolicyChanged,
  securityGroupChanged,
  networkAclChanged,
  gatewayChanged,
  routeChanged,
  vpcChanged,
];
