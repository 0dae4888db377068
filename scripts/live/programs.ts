import { spawn } from 'node:child_process';
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { BaselineConfig } from '../../lib/config/config';

const REPOSITORY = resolve(__dirname, '../..');

/** The result of a program. */
export interface Result {
  readonly code: number;
  readonly output: string;
  readonly minutes: number;
}

/** Runs the CDK CLI and the command line of the baseline, and keeps what they print. */
export class Programs {
  /** @param folder for what they print, and for changed configurations */
  constructor(
    private readonly folder: string,
    private readonly config: BaselineConfig,
  ) {
    mkdirSync(folder, { recursive: true });
  }

  /**
   * Runs the CDK CLI.
   *
   * @param changes options that differ from those of the configuration
   * @param profile of the AWS CLI @default - that of this process
   */
  cdk(args: readonly string[], changes: Partial<BaselineConfig> = {}, profile?: string): Promise<Result> {
    const words = ['--output', join(this.folder, 'cdk.out'), '--no-color', '--no-notices'];
    return this.run('node_modules/.bin/cdk', [...args, ...words], {
      BASELINE_CONFIG: this.configurationWith(changes),
      ...(profile === undefined ? {} : { AWS_PROFILE: profile }),
    });
  }

  /** Runs a command of the baseline, which prints JSON. */
  baseline(args: readonly string[]): Promise<Result> {
    const words = ['bin/aws-account-baseline.mjs', ...args, '--json', '--config', this.configurationWith({})];
    return this.run(process.execPath, words, {});
  }

  /** Runs Jest on the tests that ask AWS. */
  filterTests(output: string): Promise<Result> {
    return this.run(
      'node_modules/.bin/jest',
      ['--selectProjects', 'live', '--json', '--outputFile', output],
      {},
    );
  }

  /** Path of a file in the folder. */
  path(name: string): string {
    return join(this.folder, name);
  }

  /** Writes the configuration, with other options, to a file that the app loads. */
  private configurationWith(changes: Partial<BaselineConfig>): string {
    const file = join(this.folder, 'baseline.config.ts');
    const options = JSON.stringify({ ...this.config, ...changes }, undefined, 2);
    const module = JSON.stringify(join(REPOSITORY, 'lib/config/config'));
    writeFileSync(
      file,
      `import { defineBaseline } from ${module};\n\nexport default defineBaseline(${options});\n`,
    );
    return file;
  }

  private run(
    program: string,
    args: readonly string[],
    env: Readonly<Record<string, string>>,
  ): Promise<Result> {
    const log = join(this.folder, 'programs.log');
    appendFileSync(log, `\n$ ${[program, ...args].join(' ')}\n`);
    const started = Date.now();
    return new Promise((done, failed) => {
      const child = spawn(program, args, {
        cwd: REPOSITORY,
        env: { ...process.env, ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let output = '';
      child.stdout.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        appendFileSync(log, chunk);
      });
      child.stderr.on('data', (chunk: Buffer) => {
        appendFileSync(log, chunk);
      });
      child.once('error', failed);
      child.once('close', (status) => {
        const minutes = Math.round((Date.now() - started) / 6000) / 10;
        // Without an exit code, a signal stopped it.
        done({ code: status ?? -1, output, minutes });
      });
    });
  }
}
