import { BaselineConfigError } from '../lib/config/config';
import { loadConfig } from '../lib/config/load-config';
import { addBaseline } from '../lib/stacks/suite';
import { createApp } from './create-app';

try {
  const config = loadConfig(process.env['BASELINE_CONFIG'] ?? 'baseline.config.ts');
  const app = createApp({ validate: !process.argv.includes('--no-validation') });
  addBaseline(app, config);
  app.synth();
} catch (error) {
  // User errors get a message, bugs a stack trace.
  console.error(error instanceof BaselineConfigError ? `\n${error.message}\n` : error);
  process.exitCode = 1;
}
