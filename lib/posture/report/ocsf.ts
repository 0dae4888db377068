import type { Finding, Posture } from '../finding';
import { jsonOf } from '../json';
import { https } from './https';
import { remedyText } from './remedy-text';

/** Class Compliance Finding of the category Findings; `type_uid` combines the class and the activity. */
const CATEGORY = 2;
const CLASS = 2003;
const CREATE = 1;

const SEVERITIES: Readonly<Record<Finding['severity'], { readonly id: number; readonly name: string }>> = {
  critical: { id: 5, name: 'Critical' },
  high: { id: 4, name: 'High' },
  medium: { id: 3, name: 'Medium' },
  low: { id: 2, name: 'Low' },
};

/** Compliance status. Manual action is a warning, never a pass. */
const STATUSES: Readonly<Record<Finding['status'], { readonly id: number; readonly name: string }>> = {
  pass: { id: 1, name: 'Pass' },
  fail: { id: 3, name: 'Fail' },
  manual: { id: 2, name: 'Warning' },
  unknown: { id: 0, name: 'Unknown' },
};

/**
 * The findings as a JSON list of Open Cybersecurity Schema Framework 1.5.0 events, class Compliance Finding,
 * with the profile cloud.
 * @see https://schema.ocsf.io/1.5.0/classes/compliance_finding
 */
export function ocsf(...postures: readonly Posture[]): string {
  return `${jsonOf(postures.flatMap((posture) => posture.findings.map((finding) => event(finding, posture))))}\n`;
}

function event(finding: Finding, posture: Posture) {
  const { check, title, area, severity, status, detail, remedy, controls } = finding;
  const region = finding.region ?? posture.region;
  const resource = finding.resource ?? posture.account;
  const link = https(remedy?.link);
  return {
    activity_id: CREATE,
    activity_name: 'Create',
    category_uid: CATEGORY,
    category_name: 'Findings',
    class_uid: CLASS,
    class_name: 'Compliance Finding',
    type_uid: CLASS * 100 + CREATE,
    type_name: 'Compliance Finding: Create',
    time: new Date(posture.at).getTime(),
    severity_id: SEVERITIES[severity].id,
    severity: SEVERITIES[severity].name,
    // Status of the finding itself, not of the check.
    status_id: 1,
    status: 'New',
    message: detail,
    metadata: {
      version: '1.5.0',
      profiles: ['cloud'],
      product: { name: 'aws-account-baseline', vendor_name: 'aws-account-baseline' },
    },
    finding_info: {
      // A later run gives the same finding the same ID.
      uid: [posture.account, region, check, resource].join('|'),
      title,
      desc: detail,
      types: [area],
    },
    compliance: {
      control: check,
      status_id: STATUSES[status].id,
      status: STATUSES[status].name,
      standards: [...new Set(controls.map((control) => control.replace(/ .*/, '')))],
      requirements: controls,
    },
    ...(remedy && {
      remediation: {
        desc: remedyText(remedy),
        ...(link && { references: [link] }),
      },
    }),
    resources: [{ uid: resource, region, cloud_partition: posture.partition }],
    cloud: {
      provider: 'AWS',
      region,
      cloud_partition: posture.partition,
      account: {
        uid: posture.account,
        type_id: 10,
        type: 'AWS Account',
        ...(posture.accountName && { name: posture.accountName }),
      },
    },
  };
}
