import { CfnOutput, type Stack } from 'aws-cdk-lib';
import type { FirstSignIn } from '../access/console-group';

/** Adds the commands that print first-time passwords as outputs. */
export function outputFirstSignIns(stack: Stack, firstSignIns: readonly FirstSignIn[]): void {
  const taken = new Set<string>();
  for (const { id, readPasswordCommand: value, condition } of firstSignIns) {
    // Output names contain only letters and digits, and two user names may differ only in other characters.
    const letters = id.replace(/[^A-Za-z0-9]/g, '');
    let suffix = letters;
    for (let number = 2; taken.has(suffix); number++) suffix = `${letters}${number}`;
    taken.add(suffix);
    new CfnOutput(stack, `ReadPassword${suffix}`, { value, condition });
  }
}
