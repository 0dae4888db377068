import type { Log, ReportingDescriptor, Result } from 'sarif';
import type { Finding, Posture } from '../finding';
import { jsonOf } from '../json';
import { groupBy } from './group-by';
import { https } from './https';
import { remedyText } from './remedy-text';
import { severest } from './score';
import { worst } from './traced-controls';

/** For viewers that cannot show our severities. */
const LEVELS: Readonly<Record<Finding['severity'], Result.level>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
};

/**
 * The scale of GitHub code scanning: over 9 critical, over 7 high, over 4 medium.
 * @see https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
 */
const SECURITY_SEVERITIES: Readonly<Record<Finding['severity'], string>> = {
  critical: '9.5',
  high: '8.0',
  medium: '5.0',
  low: '2.0',
};

/** `open` (unknown) and `review` (needs manual action) are not failures. */
const KINDS: Readonly<Record<Finding['status'], Result.kind>> = {
  pass: 'pass',
  fail: 'fail',
  manual: 'review',
  unknown: 'open',
};

/**
 * The findings as SARIF 2.1.0: one rule per check, one result per finding.
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function sarif(posture: Posture): string {
  const { account, region, partition, stackName, at } = posture;
  return sarifOf([posture], at, { account, region, partition, stackName });
}

/**
 * Several accounts in one run, because GitHub accepts 20 runs in a file.
 *
 * @param at time of reading, in ISO 8601
 * @see https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/troubleshoot-sarif-uploads/results-exceed-limit
 */
export function sarifOf(
  postures: readonly Posture[],
  at: string,
  properties: Readonly<Record<string, string>>,
): string {
  const findings = postures.flatMap((posture) => posture.findings);
  const rules = [...groupBy(findings, ({ check }) => check).values()];
  const log: Log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'aws-account-baseline', rules: rules.map(rule) } },
        invocations: [{ executionSuccessful: true, endTimeUtc: new Date(at).toISOString() }],
        properties,
        results: postures.flatMap((posture) => posture.findings.map((finding) => result(finding, posture))),
      },
    ],
  };
  return `${jsonOf(log)}\n`;
}

function rule(findings: readonly Finding[]): ReportingDescriptor {
  const [first] = findings;
  if (!first) throw new Error('a rule needs a finding, got none');
  const severity = severest(findings);
  // The title of a failed finding names the problem.
  const { title } = findings.find(({ status }) => status === worst(findings)) ?? first;
  const link = findings.map(({ remedy }) => https(remedy?.link)).find(Boolean);
  return {
    id: first.check,
    shortDescription: { text: withoutLinks(title) },
    ...(link && { helpUri: link }),
    defaultConfiguration: { level: LEVELS[severity] },
    properties: {
      tags: ['security', first.area, ...new Set(findings.flatMap(({ controls }) => controls))],
      'security-severity': SECURITY_SEVERITIES[severity],
    },
  };
}

function result(finding: Finding, { account, region }: Posture): Result {
  const { check, status, severity, detail, remedy, controls } = finding;
  const resource = finding.resource ?? account;
  return {
    ruleId: check,
    kind: KINDS[status],
    // SARIF requires `none` if the kind is not `fail`.
    level: status === 'fail' ? LEVELS[severity] : 'none',
    message: { text: withoutLinks(remedy ? `${detail} ${remedyText(remedy)}` : detail) },
    locations: [{ logicalLocations: [{ fullyQualifiedName: resource, kind: 'resource' }] }],
    // A later run gives the same finding the same fingerprint.
    partialFingerprints: { 'finding/v1': [account, finding.region ?? region, check, resource].join('|') },
    properties: { severity, status, controls },
  };
}

/** Viewers make a link of `[text](address)` even in plain text; a backslash escapes the bracket. */
function withoutLinks(text: string): string {
  return text.replaceAll('](', String.raw`\](`);
}
