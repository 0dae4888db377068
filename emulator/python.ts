import { join } from 'node:path';
import { programsOf } from './virtual-environment';

/**
 * Path of a Python interpreter that has the emulator installed, in a virtual environment below `home`.
 *
 * @throws {Error} with one line that says what is missing and how to get it
 */
export function pythonWithEmulator(home: string): string {
  const environment = {
    folder: join(home, 'venv'),
    requirements: join(__dirname, 'requirements.txt'),
    contents: 'the emulator (ministack)',
  };
  return join(programsOf(environment), 'python');
}
