import { calls, type Calls, example, type Examples } from '../events/example';
import { ADMIN, APP, EVERYBODY, POLICY } from '../events/fixtures';
import { call } from '../events/record';

const IAM_POLICY_CALLS: Calls = {
  DeleteGroupPolicy: { groupName: 'Developers', policyName: 'Deployment' },
  DeleteRolePolicy: { roleName: 'Deployer', policyName: 'Deployment' },
  DeleteUserPolicy: { userName: 'bob', policyName: 'Deployment' },
  PutGroupPolicy: { groupName: 'Developers', policyName: 'Deployment', ...EVERYBODY },
  PutRolePolicy: { roleName: 'Deployer', policyName: 'Deployment', ...EVERYBODY },
  PutUserPolicy: { userName: 'bob', policyName: 'Deployment', ...EVERYBODY },
  CreatePolicy: { policyName: 'Deployment', ...EVERYBODY },
  DeletePolicy: POLICY,
  CreatePolicyVersion: { ...POLICY, ...EVERYBODY, setAsDefault: true },
  DeletePolicyVersion: { ...POLICY, versionId: 'v1' },
  AttachRolePolicy: { ...POLICY, roleName: 'Deployer' },
  DetachRolePolicy: { ...POLICY, roleName: 'Deployer' },
  AttachUserPolicy: { ...POLICY, userName: 'bob' },
  DetachUserPolicy: { ...POLICY, userName: 'bob' },
  AttachGroupPolicy: { ...POLICY, groupName: 'Developers' },
  DetachGroupPolicy: { ...POLICY, groupName: 'Developers' },
};

export const examples: Examples = {
  matches: calls('iam', ADMIN, IAM_POLICY_CALLS),
  nearMisses: [
    // Named by Security Hub as the reason for its eventSource.
    example('Auto Scaling deletes a scaling policy', call('autoscaling', 'DeletePolicy', APP)),
    example('IoT attaches a policy', call('iot', 'AttachPolicy', APP)),
    example('a policy is read', call('iam', 'GetRolePolicy', ADMIN)),
    example('a trust policy changes', call('iam', 'UpdateAssumeRolePolicy', ADMIN)),
  ],
};
