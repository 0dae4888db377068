import { calls, type Calls, example, type Examples } from '../events/example';
import { ADMIN, INTRUDER } from '../events/fixtures';
import { ACCOUNT, call, denied } from '../events/record';

const ORGANIZATION_POLICY = { policyId: 'p-0a1b2c3d', targetId: ACCOUNT };
const UNIT = { organizationalUnitId: 'ou-ab12-0a1b2c3d' };

const HANDSHAKE = { handshakeId: 'h-0a1b2c3d4e5f60718293a4b5c6d7e8f9' };

const ORGANIZATION_CALLS: Calls = {
  AcceptHandshake: HANDSHAKE,
  AttachPolicy: ORGANIZATION_POLICY,
  CancelHandshake: HANDSHAKE,
  CreateAccount: { accountName: 'sandbox', email: 'HIDDEN_DUE_TO_SECURITY_REASONS' },
  CreateOrganization: { featureSet: 'ALL' },
  CreateOrganizationalUnit: { name: 'Sandboxes', parentId: 'r-ab12' },
  CreatePolicy: { name: 'DenyRegions', type: 'SERVICE_CONTROL_POLICY', content: '{}' },
  DeclineHandshake: HANDSHAKE,
  DeleteOrganization: {},
  DeleteOrganizationalUnit: UNIT,
  DeletePolicy: { policyId: ORGANIZATION_POLICY.policyId },
  DetachPolicy: ORGANIZATION_POLICY,
  DisablePolicyType: { rootId: 'r-ab12', policyType: 'SERVICE_CONTROL_POLICY' },
  EnableAllFeatures: {},
  EnablePolicyType: { rootId: 'r-ab12', policyType: 'SERVICE_CONTROL_POLICY' },
  InviteAccountToOrganization: { target: { type: 'ACCOUNT', id: '210987654321' } },
  LeaveOrganization: {},
  MoveAccount: {
    accountId: ACCOUNT,
    sourceParentId: 'r-ab12',
    destinationParentId: UNIT.organizationalUnitId,
  },
  RemoveAccountFromOrganization: { accountId: ACCOUNT },
  UpdateOrganizationalUnit: { ...UNIT, name: 'Sandboxes' },
  UpdatePolicy: { policyId: ORGANIZATION_POLICY.policyId, content: '{}' },
};

export const examples: Examples = {
  matches: calls('organizations', ADMIN, ORGANIZATION_CALLS),
  nearMisses: [
    example('an intruder may not', denied('organizations', 'LeaveOrganization', INTRUDER)),
    example('the organization is read', call('organizations', 'DescribeOrganization', ADMIN)),
    example('IAM gets a policy', call('iam', 'CreatePolicy', ADMIN)),
    example('IoT attaches a policy', call('iot', 'AttachPolicy', ADMIN)),
    example('an account is tagged', call('organizations', 'TagResource', ADMIN)),
  ],
};
