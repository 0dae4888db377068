// What cdk.json runs. It is not tsx that loads TypeScript here, because tsx also parses every module of
// aws-cdk-lib, which takes half a second.
import { createRequire } from 'node:module';
import 'sucrase/register/ts.js';

createRequire(import.meta.url)('./app.ts');
