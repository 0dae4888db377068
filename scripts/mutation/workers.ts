import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { REPOSITORY } from '../../emulator/emulator';

/** What a worker does: runs the suites with the file's content. */
export interface Task {
  readonly file: string;
  readonly content: string;
  readonly suites: readonly string[];
}

type Answer =
  | { readonly suite: string }
  | { readonly error: string }
  | { readonly killedBy?: string; readonly memory: number };

/** Without a new suite for this long, code runs in circles. */
const LIMIT_MS = 5 * 60_000;
const MEMORY_LIMIT = 2 * 1024 ** 3;

/** A copy of the repository, in which one process after the other runs tests. */
export class Worker {
  readonly #folder: string;
  #process: ChildProcess | undefined;

  constructor(index: number) {
    // The same path each time, so that Jest's cache of compiled files is of use.
    this.#folder = join(
      tmpdir(),
      'account-baseline-mutation',
      REPOSITORY.replaceAll('/', '-'),
      String(index),
    );
    rmSync(this.#folder, { recursive: true, force: true });
    const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
      encoding: 'utf8',
    });
    for (const file of files.split('\0').filter((name) => name !== '')) {
      mkdirSync(dirname(join(this.#folder, file)), { recursive: true });
      cpSync(file, join(this.#folder, file));
    }
    symlinkSync(join(REPOSITORY, 'node_modules'), join(this.#folder, 'node_modules'));
  }

  /** The suite that fails with the content, or `timeout`, or `crash`; undefined if all pass. */
  async run(task: Task): Promise<string | undefined> {
    const child = (this.#process ??= this.#start());
    return new Promise((resolve, reject) => {
      let timer: NodeJS.Timeout;
      const finish = (action: () => void) => {
        clearTimeout(timer);
        child.removeAllListeners();
        action();
      };
      const extend = () => {
        clearTimeout(timer);
        timer = setTimeout(() => {
          finish(() => {
            this.#restart(task);
            resolve('timeout');
          });
        }, LIMIT_MS);
      };
      child.on('message', (answer: Answer) => {
        if ('suite' in answer) {
          extend();
          return;
        }
        finish(() => {
          if ('error' in answer) {
            reject(new Error(answer.error));
            return;
          }
          // Jest keeps something of each suite.
          if (answer.memory > MEMORY_LIMIT) this.stop();
          resolve(answer.killedBy);
        });
      });
      child.on('exit', () => {
        finish(() => {
          this.#restart(task);
          resolve('crash');
        });
      });
      extend();
      child.send(task);
    });
  }

  stop(): void {
    this.#process?.kill('SIGKILL');
    this.#process = undefined;
  }

  #restart({ file }: Task): void {
    this.stop();
    cpSync(file, join(this.#folder, file));
  }

  #start(): ChildProcess {
    return fork('scripts/mutation/worker.mjs', {
      cwd: this.#folder,
      execArgv: ['--max-old-space-size=3072'],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
  }
}
