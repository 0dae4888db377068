import { readFileSync, writeFileSync } from 'node:fs';
import { acknowledgedFindings } from './docs/acknowledged-findings';
import { configuration } from './docs/configuration';

/** Documents that are derived, and what they are derived from. */
export const DOCUMENTS: Readonly<Record<string, () => string>> = {
  'docs/acknowledged-findings.md': acknowledgedFindings,
  'docs/configuration.md': configuration,
};

if (require.main === module) {
  for (const [path, render] of Object.entries(DOCUMENTS)) {
    const text = render();
    const stale = readFileSync(path, { encoding: 'utf8', flag: 'a+' }) !== text;
    if (stale) writeFileSync(path, text);
    console.log(`${path}: ${stale ? 'written' : 'up to date'}`);
  }
}
