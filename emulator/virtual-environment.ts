import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

const GET_PYTHON =
  'get it from https://www.python.org/downloads/ or your package manager, or set PYTHON to the path of one';

export interface VirtualEnvironment {
  /** Folder of the environment. It is deleted before the environment is created again. */
  readonly folder: string;
  /** File of pinned requirements with hashes, as `pip-compile --generate-hashes` writes it. */
  readonly requirements: string;
  /** Name of the contents, for error messages, such as "the emulator (ministack)". */
  readonly contents: string;
}

/**
 * Returns the folder of the environment's programs. The environment is created on first use, and again if its
 * requirements change or its Python no longer exists.
 *
 * @throws {Error} with one line that says what is missing and how to get it
 */
export function programsOf(environment: VirtualEnvironment): string {
  if (!isUsable(environment)) create(environment);
  return join(environment.folder, 'bin');
}

function create(environment: VirtualEnvironment): void {
  const { folder, requirements, contents } = environment;
  // Test files run in parallel processes. Each creates its own environment, and all use the first one that is
  // finished.
  const draft = `${folder}-${process.pid}`;
  mkdirSync(dirname(folder), { recursive: true });
  try {
    const base = findPython();
    run(
      [base, '-m', 'venv', draft],
      `${base} cannot create virtual environments: install its venv module (Debian, Ubuntu: apt install python3-venv)`,
    );
    run(
      [
        ...[pythonOf(draft), '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'],
        // Installs only files with a reviewed hash, and runs no code of a package.
        ...['--require-hashes', '--only-binary', ':all:'],
        // The file names all packages, except those that only the code of cfn-lint needs, which does not run.
        ...['--no-deps', '--requirement', requirements],
      ],
      `pip could not install ${contents} from PyPI: check the network, or set PIP_INDEX_URL behind a proxy`,
    );
    moveScripts(join(draft, 'bin'), draft, folder);
    copyFileSync(requirements, stampOf(draft));
    if (isUsable(environment)) return;
    rmSync(folder, { recursive: true, force: true });
    renameSync(draft, folder);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/** Updates the first line of programs, which contains the absolute path of the interpreter. */
function moveScripts(programs: string, from: string, to: string): void {
  for (const entry of readdirSync(programs, { withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(programs, entry.name);
    const script = readFileSync(path, 'utf8');
    if (script.includes(from)) writeFileSync(path, script.replaceAll(from, to));
  }
}

/** Whether the environment matches the requirements, and its interpreter exists. */
function isUsable({ folder, requirements }: VirtualEnvironment): boolean {
  const stamp = stampOf(folder);
  const isCurrent = existsSync(stamp) && readFileSync(stamp, 'utf8') === readFileSync(requirements, 'utf8');
  return isCurrent && versionOf(pythonOf(folder)) !== undefined;
}

/**
 * A copy of the requirements in the environment. It is written last, so an unfinished environment has none.
 */
function stampOf(folder: string): string {
  return join(folder, 'requirements.txt');
}

function pythonOf(folder: string): string {
  return join(folder, 'bin', 'python');
}

function findPython(): string {
  const candidates = process.env['PYTHON'] ? [process.env['PYTHON']] : ['python3', 'python'];
  const found = candidates.map((name) => ({ name, version: versionOf(name) }));
  const usable = found.find(
    ({ version }) => version && (version[0] > 3 || (version[0] === 3 && version[1] >= 10)),
  );
  if (usable) return usable.name;
  const seen = found.map(({ name, version }) => `${name} is ${version?.join('.') ?? 'missing'}`).join(', ');
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
