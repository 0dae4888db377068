import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The CDK feature flags in cdk.json, which the CDK CLI would pass on. */
export function loadFeatureFlags(): Record<string, unknown> {
  const file = join(__dirname, '../../cdk.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { context: Record<string, unknown> }).context;
}
