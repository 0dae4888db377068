import { calls, example, type Examples } from '../events/example';
import { ADMIN, INTRUDER } from '../events/fixtures';
import { call, denied, through } from '../events/record';

const STACK_SET = { stackSetName: 'network', permissionModel: 'SERVICE_MANAGED' };

export const examples: Examples = {
  matches: calls('cloudformation', ADMIN, {
    CreateStackSet: STACK_SET,
    UpdateStackSet: STACK_SET,
    DeleteStackSet: STACK_SET,
    CreateStackInstances: STACK_SET,
    UpdateStackInstances: STACK_SET,
    DeleteStackInstances: STACK_SET,
    ImportStacksToStackSet: STACK_SET,
  }),
  nearMisses: [
    example('an intruder may not', denied('cloudformation', 'CreateStackInstances', INTRUDER)),
    example(
      'the baseline deploys to the members',
      call('cloudformation', 'UpdateStackSet', through('cloudformation', ADMIN)),
    ),
    example('a stack is created', call('cloudformation', 'CreateStack', ADMIN)),
    example(
      'the results of an operation are read',
      call('cloudformation', 'ListStackSetOperationResults', ADMIN),
    ),
    example('an operation is stopped', call('cloudformation', 'StopStackSetOperation', ADMIN)),
  ],
};
