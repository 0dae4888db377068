/** What should happen when a recorded technique is used: a detection reports it, or there is a reason. */
export type Treatment =
  /** ID of the detection that is meant for the technique. */
  | { readonly detection: string }
  /** Why no detection reports it. */
  | { readonly silent: string };

const EVERYDAY_COMMANDS =
  'Administrators and pipelines run commands on instances through Systems Manager every day, and CloudTrail does not show which ones.';

/** Each recorded technique, by the name of its file. */
export const TECHNIQUES: Readonly<Record<string, Treatment>> = {
  'credential-access.ec2-get-password-data': { detection: 'InstanceSecretsRead' },
  'credential-access.ec2-steal-instance-credentials': {
    silent: `${EVERYDAY_COMMANDS} A filter pattern cannot know the addresses of your instances, so it cannot tell that the credentials of one are used elsewhere; GuardDuty can.`,
  },
  'credential-access.secretsmanager-batch-retrieve-secrets': { detection: 'SecretsReadTogether' },
  'credential-access.secretsmanager-retrieve-secrets': { detection: 'SecretRead' },
  'credential-access.ssm-retrieve-securestring-parameters': { detection: 'SecretsReadTogether' },
  'defense-evasion.cloudtrail-delete': { detection: 'TrailChanged' },
  'defense-evasion.cloudtrail-event-selectors': { detection: 'BaselineTamperedWith' },
  'defense-evasion.cloudtrail-stop': { detection: 'TrailChanged' },
  'defense-evasion.dns-delete-logs': { detection: 'LogsDisabled' },
  'defense-evasion.organizations-leave': { detection: 'SensitiveCallDenied' },
  'defense-evasion.vpc-remove-flow-logs': { detection: 'LogsDisabled' },
  'discovery.ec2-download-user-data': { detection: 'InstanceSecretsRead' },
  'execution.ec2-launch-unusual-instances': { detection: 'LargeInstanceRequested' },
  'execution.ec2-user-data': { detection: 'InstanceAccessChanged' },
  'execution.ssm-send-command': { silent: EVERYDAY_COMMANDS },
  'execution.ssm-start-session': {
    silent:
      'People use Session Manager to get a shell on an instance without an open port. Each of their sessions looks like this.',
  },
  'exfiltration.ec2-security-group-open-port-22-ingress': { detection: 'SecurityGroupOpened' },
  'exfiltration.ec2-share-ami': { detection: 'ImageOrSnapshotShared' },
  'exfiltration.ec2-share-ebs-snapshot': { detection: 'ImageOrSnapshotShared' },
  'exfiltration.rds-share-snapshot': { detection: 'ImageOrSnapshotShared' },
  'impact.bedrock-invoke-model': { detection: 'ModelAccessEnabled' },
  'initial-access.console-login-without-mfa': { detection: 'SignInWithoutMfa' },
  'lateral-movement.ec2-instance-connect': {
    silent:
      'EC2 Instance Connect sends a key for each SSH session: people who use it send one whenever they sign in to an instance.',
  },
  'lateral-movement.ec2-serial-console-send-ssh-public-key': { detection: 'InstanceAccessChanged' },
  'persistence.iam-backdoor-role': { detection: 'RoleTrustsOutsider' },
  'persistence.iam-backdoor-user': { detection: 'AccessKeyCreated' },
  'persistence.iam-create-admin-user': { detection: 'UserChanged' },
  'persistence.iam-create-backdoor-role': { detection: 'RoleTrustsOutsider' },
  'persistence.iam-create-user-login-profile': { detection: 'UserChanged' },
  'persistence.lambda-backdoor-function': { detection: 'FunctionOpened' },
  'persistence.lambda-layer-extension': {
    silent:
      'Deployments change the layers of functions, and monitoring tools add theirs to each function with the same call.',
  },
  'persistence.lambda-overwrite-code': {
    silent: 'Pipelines use this call to deploy the code of functions, many times a day.',
  },
  'persistence.rolesanywhere-create-trust-anchor': { detection: 'OutsiderTrusted' },
  'persistence.sts-federation-token': { detection: 'FederationTokenIssued' },
  'privilege-escalation.iam-update-user-login-profile': { detection: 'UserChanged' },
};
