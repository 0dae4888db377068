import { Bucket } from 'aws-cdk-lib/aws-s3';
import fc from 'fast-check';
import { BaselineStack } from '../../lib/stacks/baseline-stack';
import type { BaselineOptions } from '../../lib/config/config';
import { findings, findingsOf } from '../findings';
import { validOptions } from '../properties/options';
import { runs } from '../properties/runs';
import { SMALLEST } from '../smallest';

const CONFIGURATIONS: Readonly<Record<string, Partial<BaselineOptions>>> = {
  free: { profile: 'free' },
  standard: {},
  largest: {
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
      notifyOnOk: true,
    },
    profile: 'strict',
    detectors: { securityHub: false },
  },
  cheapest: { customerKey: false, billing: { monthlyBudgetUsd: false } },
  adopting: { profile: 'strict', auditTrail: { existingLogGroup: 'theirs' }, customerKey: false },
};

/** The policy that enables GuardDuty in an organization; the rule does not know its type yet. */
const ACKNOWLEDGED = "Type: 'GUARDDUTY_POLICY' is not one of";

test('no configuration has a finding: of each profile, the largest, the cheapest, one that adopts, any other', () => {
  const named = Object.entries(CONFIGURATIONS).map(([name, options]): [string, BaselineOptions] => [
    name,
    { ...SMALLEST, ...options },
  ]);
  fc.assert(
    // In one app, as the rules take their time to start.
    fc.property(validOptions, (any) => {
      const reports = findings({ ...Object.fromEntries(named), any }) as {
        violations: { description: string }[];
      }[];
      // The report of CloudFormation's own rules lists what was acknowledged, too.
      const found = reports.flatMap(({ violations }) => violations);
      expect(found.filter(({ description }) => !description.startsWith(ACKNOWLEDGED))).toEqual([]);
    }),
    { ...runs(1), endOnFailure: true },
  );
});

test('a finding that nobody acknowledged fails the synthesis', () => {
  const unlogged = () =>
    findingsOf((app) => new Bucket(new BaselineStack(app, 'AccountBaseline-Any'), 'Unlogged'));
  expect(unlogged).toThrow("Acknowledge with 'AwsSolutions::AwsSolutions-S1'");
});
