// Writes the report of the public API, after an intended change.
import { writeFileSync } from 'node:fs';
import { API_REPORT, apiReport } from './package/declarations';
import { buildPackage } from './package/build';

buildPackage('dist/package');
writeFileSync(API_REPORT, apiReport('dist/package'));
console.log(API_REPORT);
