import { execFileSync } from 'node:child_process';

/**
 * The commit of the working directory, with `-dirty` if files differ from it; undefined without Git or a
 * clone.
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
