import { awsCli } from '../../emulator/aws-cli';
import { EMULATOR_HOME } from '../../emulator/emulator';
import { pythonWithEmulator } from '../../emulator/python';

/**
 * Installs the emulator and the AWS CLI where they are not yet, once and before the time of any test begins.
 */
export default function setup(): void {
  pythonWithEmulator(EMULATOR_HOME);
  awsCli(EMULATOR_HOME);
}
