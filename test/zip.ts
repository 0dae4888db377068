import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A ZIP archive, as Python writes it. */
export function zipOf(files: Readonly<Record<string, string>>): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'zip-'));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    execFileSync('python3', ['-m', 'zipfile', '-c', 'code.zip', ...Object.keys(files)], { cwd: folder });
    return readFileSync(join(folder, 'code.zip'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
