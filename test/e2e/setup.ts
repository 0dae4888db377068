import { EMULATOR_HOME } from '../../emulator/emulator';
import { pythonWithEmulator } from '../../emulator/python';

/** Installs the emulator where it is not yet, once and before the time of any test begins. */
export default function setup(): void {
  pythonWithEmulator(EMULATOR_HOME);
}
