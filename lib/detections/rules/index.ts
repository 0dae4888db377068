import type { Detection, DocumentedDetection } from '../detection';
import { accessGranted } from './access-granted';
import { accessKeyCreated } from './access-key-created';
import { accountSettingsChanged } from './account-settings-changed';
import { attackToolUsed } from './attack-tool-used';
import { backupDeleted } from './backup-deleted';
import { baselineDeployed } from './baseline-deployed';
import { baselineTamperedWith } from './baseline-tampered-with';
import { bucketOpened } from './bucket-opened';
import { bucketPolicyChanged } from './bucket-policy-changed';
import { callDenied } from './call-denied';
import { changedByHand } from './changed-by-hand';
import { commitmentPurchased } from './commitment-purchased';
import { configChangeAttempted } from './config-change-attempted';
import { configChanged } from './config-changed';
import { dataPutAtRisk } from './data-put-at-risk';
import { domainTransferred } from './domain-transferred';
import { federationTokenIssued } from './federation-token-issued';
import { firstMfaDeviceAdded } from './first-mfa-device-added';
import { firstPasswordRead } from './first-password-read';
import { functionOpened } from './function-opened';
import { gatewayChanged } from './gateway-changed';
import { iamPolicyChanged } from './iam-policy-changed';
import { imageOrSnapshotShared } from './image-or-snapshot-shared';
import { instanceAccessChanged } from './instance-access-changed';
import { instanceSecretsRead } from './instance-secrets-read';
import { keyDisableAttempted } from './key-disable-attempted';
import { keyDisabled } from './key-disabled';
import { largeInstanceRequested } from './large-instance-requested';
import { leakedKeyQuarantined } from './leaked-key-quarantined';
import { logsDisabled } from './logs-disabled';
import { mfaDeviceAdded } from './mfa-device-added';
import { modelAccessEnabled } from './model-access-enabled';
import { monitoringRemoved } from './monitoring-removed';
import { networkAclChanged } from './network-acl-changed';
import { organizationChanged } from './organization-changed';
import { organizationRightsChanged } from './organization-rights-changed';
import { outsiderTrusted } from './outsider-trusted';
import { protectionWeakened } from './protection-weakened';
import { queueOrTopicOpened } from './queue-or-topic-opened';
import { resourceOpened } from './resource-opened';
import { resourcePolicyOpened } from './resource-policy-opened';
import { roleTrustsOutsider } from './role-trusts-outsider';
import { rootAccessAttempted } from './root-access-attempted';
import { rootCredentialsChanged } from './root-credentials-changed';
import { rootUseAttempted } from './root-use-attempted';
import { rootUsed } from './root-used';
import { rootUsedDirectly } from './root-used-directly';
import { routeChanged } from './route-changed';
import { secretRead } from './secret-read';
import { secretsReadTogether } from './secrets-read-together';
import { securityGroupChanged } from './security-group-changed';
import { securityGroupOpened } from './security-group-opened';
import { securityGroupRuleOpened } from './security-group-rule-opened';
import { sensitiveCallDenied } from './sensitive-call-denied';
import { signInFailed } from './sign-in-failed';
import { signInWithoutMfa } from './sign-in-without-mfa';
import { stackSetChanged } from './stack-set-changed';
import { trailChangeAttempted } from './trail-change-attempted';
import { trailChanged } from './trail-changed';
import { userChanged } from './user-changed';
import { vpcChanged } from './vpc-changed';

/** Every detection with its runbook, in the order of the page. */
export const DOCUMENTED_DETECTIONS: readonly DocumentedDetection[] = [
  rootUsed,
  rootUsedDirectly,
  rootCredentialsChanged,
  baselineTamperedWith,
  trailChanged,
  keyDisabled,
  configChanged,
  accountSettingsChanged,
  logsDisabled,
  protectionWeakened,
  backupDeleted,
  organizationChanged,
  organizationRightsChanged,
  domainTransferred,
  accessKeyCreated,
  userChanged,
  outsiderTrusted,
  roleTrustsOutsider,
  accessGranted,
  stackSetChanged,
  federationTokenIssued,
  leakedKeyQuarantined,
  instanceAccessChanged,
  firstPasswordRead,
  imageOrSnapshotShared,
  bucketOpened,
  functionOpened,
  securityGroupOpened,
  securityGroupRuleOpened,
  resourcePolicyOpened,
  resourceOpened,
  queueOrTopicOpened,
  rootAccessAttempted,
  signInWithoutMfa,
  firstMfaDeviceAdded,
  mfaDeviceAdded,
  changedByHand,
  monitoringRemoved,
  dataPutAtRisk,
  modelAccessEnabled,
  commitmentPurchased,
  baselineDeployed,
  attackToolUsed,
  sensitiveCallDenied,
  largeInstanceRequested,
  instanceSecretsRead,
  secretsReadTogether,
  secretRead,
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

/** Every detection. */
export const DETECTIONS: readonly Detection[] = [...DOCUMENTED_DETECTIONS];
