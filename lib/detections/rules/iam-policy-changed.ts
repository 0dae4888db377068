import { resourceChange } from '../standard-text';

export const iamPolicyChanged = resourceChange({
  id: 'IamPolicyChanged',
  cis: '5.4',
  securityHub: 4,
  service: 'iam',
  eventNames: [
    'DeleteGroupPolicy',
    'DeleteRolePolicy',
    'DeleteUserPolicy',
    'PutGroupPolicy',
    'PutRolePolicy',
    'PutUserPolicy',
    'CreatePolicy',
    'DeletePolicy',
    'CreatePolicyVersion',
    'DeletePolicyVersion',
    'AttachRolePolicy',
    'DetachRolePolicy',
    'AttachUserPolicy',
    'DetachUserPolicy',
    'AttachGroupPolicy',
    'DetachGroupPolicy',
  ],
  why: 'Policies define who can do what.',
});
