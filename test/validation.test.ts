import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { PROFILES } from '../lib/catalog/profiles';
import { BaselineStack } from '../lib/baseline-stack';
import { defineBaseline, type BaselineOptions } from '../lib/config';
import { addRulePacks } from '../lib/validation';
import { SMALLEST } from './smallest';
import { CONTEXT } from './synth';

/** Synthesizes as the app does, with every rule, and returns what the report holds. */
function report(options: Partial<BaselineOptions>, change?: (stack: BaselineStack) => void): string {
  const outdir = mkdtempSync(join(tmpdir(), 'validation-'));
  const app = new App({ context: CONTEXT, outdir });
  const stack = new BaselineStack(app, 'AccountBaseline', defineBaseline({ ...SMALLEST, ...options }));
  change?.(stack);
  addRulePacks(app);
  app.synth();
  return readFileSync(join(outdir, 'validation-report.json'), 'utf8');
}

const findings = (text: string): unknown => (JSON.parse(text) as { pluginReports: unknown }).pluginReports;

test.each<[string, Partial<BaselineOptions>]>([
  ...PROFILES.map((profile): [string, Partial<BaselineOptions>] => [profile, { profile }]),
  [
    'largest',
    {
      region: 'us-east-1',
      billing: { viewers: ['carol'], costAnomalyDetection: true },
      administrators: ['alice', 'bob'],
      tags: { team: 'platform' },
      accountName: 'acme-prod',
      detections: { RootUsed: { severity: 'high' } },
      notifications: {
        emails: ['security@example.com'],
        httpsEndpoints: ['https://alerts.example.com/aws'],
        slack: { workspaceId: 'T0123', channelId: 'C0123' },
        teams: {
          tenantId: '8f1c1b9e-2f44-4c0e-9c62-0d1d7d9b0a11',
          teamId: '1d2c3b4a-2f44-4c0e-9c62-0d1d7d9b0a22',
          channelId: '19%3ab6ef35dc342d56ba5654e6fc6d25a071%40thread.tacv2',
        },
        tellWhenOver: true,
      },
      profile: 'strict',
      detectors: { securityHub: false },
    },
  ],
  ['cheapest', { customerKey: false, billing: { monthlyBudgetUsd: false } }],
  ['adopting', { profile: 'strict', auditTrail: { existingLogGroup: 'theirs' }, customerKey: false }],
])('the %s configuration has no finding', (_, options) => {
  expect(findings(report(options))).toEqual([]);
});

test('a finding that nobody acknowledged fails the synthesis', () => {
  expect(() => report({}, (stack) => new Bucket(stack, 'Unlogged'))).toThrow(
    "Acknowledge with 'AwsSolutions::AwsSolutions-S1'",
  );
});
