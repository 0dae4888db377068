import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { gzipAsync } from '@gfx/zopfli';

/** A packed package. */
export interface Packed {
  /** Path of the archive. */
  readonly file: string;
  /** Paths of the files in the package. */
  readonly paths: readonly string[];
}

/**
 * Packs a folder as npm does, and compresses the archive again: Zopfli makes it 3 % smaller, with the same
 * bytes from every Node.js, and everything that reads gzip reads it.
 *
 * @param destination folder of the archive
 */
export async function pack(folder: string, destination: string): Promise<Packed> {
  const output = execFileSync('npm', ['pack', folder, '--json', '--pack-destination', destination], {
    encoding: 'utf8',
  });
  const [packed] = JSON.parse(output) as [{ filename: string; files: { path: string }[] }];
  const file = join(destination, packed.filename);
  writeFileSync(file, await gzipAsync(gunzipSync(readFileSync(file)), { numiterations: 15 }));
  return { file, paths: packed.files.map(({ path }) => path) };
}
