import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { type BaselineOptions, defineBaseline } from '../lib/config/config';
import { addBaseline } from '../lib/stacks/suite';
import { addRulePacks } from '../lib/stacks/validation';
import { CONTEXT } from './synth';

/**
 * Synthesizes stacks as the app does, with every rule, and returns what the report holds.
 *
 * @param stacks options by the prefix of their stacks
 */
export function findings(stacks: Readonly<Record<string, BaselineOptions>>): unknown {
  return findingsOf((app) => {
    for (const [stackName, options] of Object.entries(stacks)) {
      addBaseline(app, defineBaseline({ ...options, stackName }));
    }
  });
}

/** Synthesizes what `build` makes, with every rule, and returns what the report holds. */
export function findingsOf(build: (app: App) => unknown): unknown {
  const outdir = mkdtempSync(join(tmpdir(), 'validation-'));
  try {
    const app = new App({ context: CONTEXT, outdir });
    build(app);
    addRulePacks(app);
    app.synth();
    const report = readFileSync(join(outdir, 'validation-report.json'), 'utf8');
    return (JSON.parse(report) as { pluginReports: unknown }).pluginReports;
  } finally {
    rmSync(outdir, { recursive: true });
  }
}
