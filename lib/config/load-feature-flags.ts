import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The feature flags of CDK in cdk.json, which the command line would pass on. */
export function loadFeatureFlags(): Record<string, unknown> {
  const file = join(__dirname, '../../cdk.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { context: Record<string, unknown> }).context;
}
