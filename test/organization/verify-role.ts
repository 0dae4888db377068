import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { testApp } from '../synth';
import { VerifyRole, type VerifyRoleProps } from '../../lib/organization/verify-role';

export const ORGANIZATION = 'o-a1b2c3d4e5';
export const MANAGEMENT = '123456789012';

/** A template with the role alone. */
export function verifyRoleTemplate(props: Partial<VerifyRoleProps> = {}): Template {
  const stack = new Stack(testApp(), 'Members');
  new VerifyRole(stack, 'VerifyRole', {
    prefix: 'AccountBaseline',
    organizationId: ORGANIZATION,
    managementAccount: MANAGEMENT,
    ...props,
  });
  return Template.fromStack(stack);
}

/** Its trust policy. */
export function verifyTrust(props: Partial<VerifyRoleProps> = {}): string {
  const [role] = Object.values(verifyRoleTemplate(props).findResources('AWS::IAM::Role'));
  const { Properties } = role as { Properties: { AssumeRolePolicyDocument: object } };
  return JSON.stringify(Properties.AssumeRolePolicyDocument);
}
