import { EMULATOR_HOME } from './emulator';
import { pythonWithEmulator } from './python';

/** Installs the emulator where it is not yet, once and before the time of any test begins. */
export default function setup(): void {
  pythonWithEmulator(EMULATOR_HOME);
}
