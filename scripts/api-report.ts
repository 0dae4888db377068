// Writes the report and the reference of the public API, after an intended change.
import { readFileSync, writeFileSync } from 'node:fs';
import { API_REPORT, apiReport } from './package/declarations';
import { buildPackage } from './package/build';
import { API_REFERENCE, apiReference } from './package/reference';

buildPackage('dist/package');
writeFileSync(API_REPORT, apiReport('dist/package'));
writeFileSync(API_REFERENCE, apiReference(readFileSync('dist/package/lib/index.d.ts', 'utf8')));
console.log(`${API_REPORT}\n${API_REFERENCE}`);
