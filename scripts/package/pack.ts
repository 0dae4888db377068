import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { extname, join, relative } from 'node:path';
import { tarball } from '../tarball';

/** A packed package. */
export interface Packed {
  /** Path of the archive. */
  readonly file: string;
  /** Paths of the files in the package. */
  readonly paths: readonly string[];
}

/**
 * Packs a folder as npm does, but by kind of file and then by size: npm orders files by their names alone,
 * and what is alike compresses better if it is near.
 *
 * @param folder path of the package
 * @param destination folder of the archive
 */
export async function pack(folder: string, destination: string): Promise<Packed> {
  const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    readonly name: string;
    readonly version: string;
  };
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
  const contents = new Map(paths.map((path) => [path, readFileSync(join(folder, path))]));
  const kindOf = ([path]: readonly [string, Buffer]) => extname(path);
  const files = [...contents]
    .sort(([, one], [, other]) => one.length - other.length)
    .sort((one, other) => (kindOf(one) < kindOf(other) ? -1 : Number(kindOf(one) > kindOf(other))));
  const file = join(destination, `${name}-${version}.tgz`);
  const packed = files.map(([path, content]) => [`package/${path}`, content] as const);
  writeFileSync(file, await tarball(Object.fromEntries(packed)));
  return { file, paths };
}
