import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const GET_PYTHON =
  'get it from https://www.python.org/downloads/ or your package manager, or set PYTHON to one that you have';

/** The emulator's requirements, pinned. */
const REQUIREMENTS = join(__dirname, 'requirements.txt');

/**
 * Path of a Python interpreter that has the emulator installed, in a virtual environment below `home`.
 * It is made on first use and made again when the requirements change or the last attempt did not finish.
 *
 * @throws with one line that says what is missing and how to get it
 */
export function pythonWithEmulator(home: string): string {
  const venv = join(home, 'venv');
  if (!isUsable(venv)) makeEnvironment(home, venv);
  return pythonOf(venv);
}

function makeEnvironment(home: string, venv: string): void {
  // Test files start in parallel processes: each makes its own, and the first to finish provides for all.
  const draft = join(home, `venv-${process.pid}`);
  mkdirSync(home, { recursive: true });
  try {
    const base = findPython();
    run(
      [base, '-m', 'venv', draft],
      `${base} cannot make virtual environments: install its venv module (Debian, Ubuntu: apt install python3-venv)`,
    );
    run(
      [pythonOf(draft), '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', REQUIREMENTS],
      'pip could not install the emulator (ministack) from PyPI: check the network, or PIP_INDEX_URL behind a proxy',
    );
    copyFileSync(REQUIREMENTS, stampOf(draft));
    if (isUsable(venv)) return;
    rmSync(venv, { recursive: true, force: true });
    renameSync(draft, venv);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/** Made from the requirements as they are now, with an interpreter that still exists. */
function isUsable(venv: string): boolean {
  const stamp = stampOf(venv);
  const isCurrent = existsSync(stamp) && readFileSync(stamp, 'utf8') === readFileSync(REQUIREMENTS, 'utf8');
  return isCurrent && versionOf(pythonOf(venv)) !== undefined;
}

/** Copy of the requirements inside the environment; written last, so one that is half made has none. */
function stampOf(venv: string): string {
  return join(venv, 'requirements.txt');
}

function pythonOf(venv: string): string {
  return join(venv, 'bin', 'python');
}

function findPython(): string {
  const candidates = process.env.PYTHON ? [process.env.PYTHON] : ['python3', 'python'];
  const found = candidates.map((name) => ({ name, version: versionOf(name) }));
  const usable = found.find(
    ({ version }) => version && (version[0] > 3 || (version[0] === 3 && version[1] >= 10)),
  );
  if (usable) return usable.name;
  const seen = found.map(({ name, version }) => `${name} is ${version?.join('.') ?? 'not there'}`).join(', ');
  throw new Error(`the emulated AWS account needs Python 3.10 or newer (${seen}): ${GET_PYTHON}`);
}

function versionOf(python: string): [number, number] | undefined {
  const { stdout, status } = spawnSync(python, ['-c', 'import sys; print(*sys.version_info[:2])'], {
    encoding: 'utf8',
  });
  const [major, minor] = status === 0 ? stdout.trim().split(' ').map(Number) : [];
  return major === undefined || minor === undefined ? undefined : [major, minor];
}

function run([command = '', ...args]: string[], failure: string): void {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8' });
  if (status === 0) return;
  const lastLine = `${stdout}\n${stderr}`.trim().split('\n').at(-1) ?? '';
  throw new Error(`${failure} [${error?.message ?? lastLine}]`);
}
