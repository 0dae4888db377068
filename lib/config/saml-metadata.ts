import { readFileSync } from 'node:fs';

/** Reads a metadata document. Its path is relative to the working directory. */
export function samlMetadata(file: string): string {
  return readFileSync(file, 'utf8');
}
