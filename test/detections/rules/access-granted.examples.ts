import { calls, example, type Examples, parameters } from '../events/example';
import { ADMIN, INTRUDER } from '../events/fixtures';
import { call, CLOUDFORMATION, denied, through } from '../events/record';

const ADMINISTRATOR = { policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' };
const ASSIGNMENT = { targetId: '123456789012', principalId: '544894e8-80c1-707f-60e3-3ba6510dfac1' };
const ENTRY = { name: 'orders', principalArn: 'arn:aws:iam::123456789012:role/Mallory' };

export const examples: Examples = {
  matches: [
    ...calls('iam', INTRUDER, {
      AttachUserPolicy: { ...ADMINISTRATOR, userName: 'mallory' },
      AttachRolePolicy: { ...ADMINISTRATOR, roleName: 'Deploy' },
      AttachGroupPolicy: { ...ADMINISTRATOR, groupName: 'Developers' },
    }),
    ...calls('sso', ADMIN, { CreateAccountAssignment: ASSIGNMENT }),
    ...calls('eks', INTRUDER, {
      CreateAccessEntry: ENTRY,
      UpdateAccessEntry: ENTRY,
      AssociateAccessPolicy: {
        ...ENTRY,
        policyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy',
      },
    }),
  ],
  nearMisses: [
    example('an intruder may not', denied('iam', 'AttachUserPolicy', INTRUDER, parameters(ADMINISTRATOR))),
    example('the CDK bootstrap', call('iam', 'AttachRolePolicy', CLOUDFORMATION, parameters(ADMINISTRATOR))),
    example(
      'Control Tower assigns its groups',
      call('sso', 'CreateAccountAssignment', through('controltower', ADMIN), parameters(ASSIGNMENT)),
    ),
    ...calls('iam', ADMIN, {
      AttachRolePolicy: { policyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess', roleName: 'Audit' },
      DetachUserPolicy: { ...ADMINISTRATOR, userName: 'mallory' },
    }),
    ...calls('sso', ADMIN, { DeleteAccountAssignment: ASSIGNMENT }),
    ...calls('eks', ADMIN, { DeleteAccessEntry: ENTRY, CreateCluster: { name: 'orders' } }),
    example('an entry of another service', call('directconnect', 'CreateAccessEntry', ADMIN)),
  ],
};
