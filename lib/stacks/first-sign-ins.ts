import { CfnOutput, type Stack } from 'aws-cdk-lib';
import type { FirstSignIn } from '../access/console-group';
import { outputNames } from './output-names';

/** Adds the commands that print first-time passwords as outputs. */
export function outputFirstSignIns(stack: Stack, firstSignIns: readonly FirstSignIn[]): void {
  const names = outputNames(firstSignIns.map(({ id }) => id));
  firstSignIns.forEach(({ readPasswordCommand: value, condition }, index) => {
    new CfnOutput(stack, `ReadPassword${names[index] ?? ''}`, { value, condition });
  });
}
