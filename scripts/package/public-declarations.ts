import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A file of declarations and all that it imports, directly or not. The rest is nobody's business. */
export function publicDeclarations(index: string): ReadonlySet<string> {
  const found = new Set<string>();
  const add = (file: string): void => {
    if (found.has(file)) return;
    found.add(file);
    for (const [, path = ''] of readFileSync(file, 'utf8').matchAll(
      /(?:from |import\()["'](\.[^"']+)["']/g,
    )) {
      const base = join(dirname(file), path);
      const imported = [`${base}.d.ts`, join(base, 'index.d.ts')].find((one) => existsSync(one));
      if (imported === undefined) throw new Error(`${file} imports ${path}, which has no declarations`);
      add(imported);
    }
  };
  add(index);
  return found;
}
