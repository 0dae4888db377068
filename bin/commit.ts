import { execFileSync } from 'node:child_process';

/**
 * The commit that the working directory is at, with `-dirty` where files differ from it; undefined where there is none
 * to be known: outside a clone, or without Git.
 */
export function commitOf(directory: string): string | undefined {
  try {
    const words = ['describe', '--always', '--dirty', '--exclude=*', '--abbrev=40'];
    return execFileSync('git', words, {
      cwd: directory,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return undefined;
  }
}
