// What cdk.json runs. It is not tsx that loads TypeScript here, because tsx also parses every module of
// aws-cdk-lib, which takes half a second.
import module from 'node:module';
import 'sucrase/register/ts.js';

// Node 20 does not have it.
module.enableCompileCache?.();
module.createRequire(import.meta.url)('./app.ts');
