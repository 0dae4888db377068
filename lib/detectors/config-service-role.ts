import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { SettingFunction } from '../settings/setting-function';
import * as configServiceRole from './service-role-setting';

/**
 * The service-linked role of AWS Config. CloudFormation has a resource type for such roles, but creating one
 * that already exists fails. A custom resource creates the role only if it is missing. The role is kept when
 * the stack is deleted.
 * @example
 * new ConfigServiceRole(this, 'ConfigRole');
 * @see https://docs.aws.amazon.com/config/latest/developerguide/using-service-linked-roles.html
 */
export class ConfigServiceRole extends Construct {
  /** ARN of the role. */
  readonly roleArn: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.roleArn = Stack.of(this).formatArn({
      service: 'iam',
      region: '',
      resource: 'role',
      resourceName: 'aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig',
    });
    const handler = new SettingFunction(this, 'Function', {
      entry: join(__dirname, './config-role.handler.ts'),
      description: 'Creates the service-linked role of AWS Config if it does not exist.',
      settings: [configServiceRole],
    });
    handler.set(this, configServiceRole, { id: 'Resource' });
  }
}
