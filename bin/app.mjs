// What cdk.json runs.
import module from 'node:module';
import './load-typescript.mjs';

// Node 20 does not have it.
module.enableCompileCache?.();
module.createRequire(import.meta.url)('./app');
