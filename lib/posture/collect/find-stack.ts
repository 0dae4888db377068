import { type CloudFormationClient, DescribeStacksCommand, type Stack } from '@aws-sdk/client-cloudformation';
import { CallFailed } from '../clients';

/** One stack; undefined if it does not exist, or no longer. */
export async function findStack(client: CloudFormationClient, StackName: string): Promise<Stack | undefined> {
  try {
    const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName }));
    return stack;
  } catch (error) {
    // CloudFormation has no specific error for a missing stack.
    if (error instanceof CallFailed && /does not exist/.test(error.message)) return undefined;
    throw error;
  }
}
