import { example, type Examples, parameters } from '../events/example';
import { ADMIN, APP, INTRUDER } from '../events/fixtures';
import { PREFIX } from '../events/names';
import { ACCOUNT, call, consoleCall, denied, role } from '../events/record';

const STACK = { stackName: `${PREFIX}-Alarms` };
const ARN = { stackName: `arn:aws:cloudformation:us-east-1:${ACCOUNT}:stack/${PREFIX}-Access/0a1b2c3d` };
const PIPELINE = role('Deployer', 'pipeline');

export const examples: Examples = {
  matches: [
    example('UpdateStack', call('cloudformation', 'UpdateStack', INTRUDER, parameters(STACK))),
    example('in the console', consoleCall('cloudformation', 'UpdateStack', ADMIN, parameters(ARN))),
    example('by the CDK', call('cloudformation', 'ExecuteChangeSet', PIPELINE, parameters(STACK))),
  ],
  nearMisses: [
    example('an intruder may not', denied('cloudformation', 'UpdateStack', INTRUDER, parameters(STACK))),
    example('a change is only prepared', call('cloudformation', 'CreateChangeSet', ADMIN, parameters(STACK))),
    example('the stack is read', call('cloudformation', 'DescribeStacks', ADMIN, parameters(STACK))),
    example(
      'an application is deployed',
      call('cloudformation', 'ExecuteChangeSet', PIPELINE, parameters({ stackName: 'OrdersService' })),
    ),
    example('a stack of another service', call('opsworks', 'UpdateStack', APP, parameters(STACK))),
  ],
};
