import { readdirSync } from 'node:fs';
import { DETECTIONS, DOCUMENTED_DETECTIONS } from '../../lib/detections/rules';
import { SIGNALS } from '../../lib/detections/signals';
import { patternOf } from '../../lib/detections/tuning';
import { parse } from '../../emulator/filter-pattern';
import { eachOf } from '../each-of';
import { deployedAlarms, deployedFilters } from './deployed-filters';
import { PREFIX } from './events/names';
import { ACCOUNT } from './events/record';
import { idOf } from './examples';

/**
 * Names that CIS 7.0 asks for, by the number of its control, as prowler looks for them.
 * @see https://github.com/prowler-cloud/prowler/tree/master/prowler/providers/aws/services/cloudwatch
 */
const CIS: Readonly<Record<string, string>> = {
  '5.1': '*UnauthorizedOperation AccessDenied*',
  '5.2': 'ConsoleLogin MFAUsed',
  '5.3': 'Root invokedBy AwsServiceEvent',
  '5.4':
    'DeleteGroupPolicy DeleteRolePolicy DeleteUserPolicy PutGroupPolicy PutRolePolicy PutUserPolicy CreatePolicy DeletePolicy CreatePolicyVersion DeletePolicyVersion AttachRolePolicy DetachRolePolicy AttachUserPolicy DetachUserPolicy AttachGroupPolicy DetachGroupPolicy',
  '5.5': 'CreateTrail UpdateTrail DeleteTrail StartLogging StopLogging',
  '5.6': 'ConsoleLogin Failed authentication',
  '5.7': 'kms.amazonaws.com DisableKey ScheduleKeyDeletion',
  '5.8':
    's3.amazonaws.com PutBucketAcl PutBucketPolicy PutBucketCors PutBucketLifecycle PutBucketReplication DeleteBucketPolicy DeleteBucketCors DeleteBucketLifecycle DeleteBucketReplication',
  '5.9':
    'config.amazonaws.com StopConfigurationRecorder DeleteDeliveryChannel PutDeliveryChannel PutConfigurationRecorder',
  '5.10':
    'AuthorizeSecurityGroupIngress AuthorizeSecurityGroupEgress RevokeSecurityGroupIngress RevokeSecurityGroupEgress CreateSecurityGroup DeleteSecurityGroup ModifySecurityGroupRules',
  '5.11':
    'CreateNetworkAcl CreateNetworkAclEntry DeleteNetworkAcl DeleteNetworkAclEntry ReplaceNetworkAclEntry ReplaceNetworkAclAssociation',
  '5.12':
    'CreateCustomerGateway DeleteCustomerGateway AttachInternetGateway CreateInternetGateway DeleteInternetGateway DetachInternetGateway',
  '5.13':
    'ec2.amazonaws.com CreateRoute CreateRouteTable ReplaceRoute ReplaceRouteTableAssociation DeleteRouteTable DeleteRoute DisassociateRouteTable',
  '5.14':
    'CreateVpc DeleteVpc ModifyVpcAttribute AcceptVpcPeeringConnection CreateVpcPeeringConnection DeleteVpcPeeringConnection RejectVpcPeeringConnection AttachClassicLinkVpc DetachClassicLinkVpc DisableVpcClassicLink EnableVpcClassicLink',
  '5.15':
    'organizations.amazonaws.com AcceptHandshake AttachPolicy CancelHandshake CreateAccount CreateOrganization CreateOrganizationalUnit CreatePolicy DeclineHandshake DeleteOrganization DeleteOrganizationalUnit DeletePolicy DetachPolicy DisablePolicyType EnableAllFeatures EnablePolicyType InviteAccountToOrganization LeaveOrganization MoveAccount RemoveAccountFromOrganization UpdateOrganizationalUnit UpdatePolicy',
};

/** What Security Hub's text of CIS 5.10 leaves out. */
const LEFT_OUT = ['ModifySecurityGroupRules'];

/** Characters. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutMetricFilter.html */
const LONGEST_PATTERN = 1024;

/** CloudFormation ends the names that it creates in a hyphen and 12 characters. */
const ownLogGroup = (prefix: string): string => `${prefix}-Audit-AuditTrailLogGroup-${'x'.repeat(12)}`;

/** Characters of the longest pattern. */
const longest = (prefix: string, logGroup = ownLogGroup(prefix)): number =>
  Math.max(
    ...DETECTIONS.map((detection) => patternOf(detection, { prefix, logGroup, account: ACCOUNT }).length),
  );

describe('each detection', () => {
  const each = eachOf(DOCUMENTED_DETECTIONS, ({ id }) => id);

  each('has an id in PascalCase', ({ id }) => {
    expect(id).toMatch(/^([A-Z][a-z]+)+$/);
  });

  each('belongs to a signal of the list', ({ signal }) => {
    expect(SIGNALS).toContain(signal);
  });

  each(
    'says what it means, what else raises it, what to do first and how to stop it',
    ({ why, noise, firstMinutes, containment }) => {
      for (const texts of [[why], [noise], firstMinutes, containment]) {
        expect(texts.join('')).not.toBe('');
        expect(texts).not.toContain('');
      }
    },
  );

  each(
    'triggers at a whole number of events, and says at how many if the first is not enough for its signal',
    (detection) => {
      const { threshold } = detection.signal;
      const { weight = threshold === 1 || detection.threshold !== undefined ? 1 : NaN } = detection;
      expect(weight >= threshold || threshold % weight === 0).toBe(true);
    },
  );
});

describe('the list of detections', () => {
  test('has the detection of each file, which has the name of the detection', () => {
    const files = readdirSync('lib/detections/rules').filter((file) => file !== 'index.ts');
    expect(DETECTIONS.map(({ id }) => id).sort()).toEqual(
      files.map((file) => idOf(file.replace('.ts', ''))).sort(),
    );
  });

  test('has each id once, and none that is a signal’s too: a tuned detection has a metric of its own', () => {
    const ids = [...DETECTIONS, ...SIGNALS].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('has a detection for each signal', () => {
    const used = DETECTIONS.map(({ signal }) => signal);
    expect(SIGNALS.filter((signal) => !used.includes(signal))).toEqual([]);
  });

  // CloudWatch gives ten of each free, and the heartbeat of the trail needs an alarm.
  test('has at most nine signals', () => {
    expect(SIGNALS.length).toBeLessThanOrEqual(9);
  });

  test('creates at most nine alarms and ten metrics', () => {
    expect(deployedAlarms().length).toBeLessThanOrEqual(9);
    expect(new Set(deployedFilters().map(({ metric }) => metric)).size).toBeLessThanOrEqual(10);
  });
});

describe('the deployed patterns', () => {
  test('are those of the catalogue', () => {
    expect(deployedFilters().map(({ detection }) => detection)).toEqual(DETECTIONS.map(({ id }) => id));
  });

  eachOf(deployedFilters(), ({ detection }) => detection)('are some that AWS accepts', ({ pattern }) => {
    expect(pattern.length).toBeLessThanOrEqual(LONGEST_PATTERN);
    expect(() => parse(pattern)).not.toThrow();
  });

  // The configuration refuses longer names, unless BaselineTamperedWith is disabled.
  test.each([
    ['a prefix of 81', longest('p'.repeat(81)), longest('p'.repeat(82))],
    ['an existing log group of 385', longest(PREFIX, 'l'.repeat(385)), longest(PREFIX, 'l'.repeat(386))],
  ])('fit %s characters', (_, atLimit, beyond) => {
    expect(atLimit).toBeLessThanOrEqual(LONGEST_PATTERN);
    expect(beyond).toBeGreaterThan(LONGEST_PATTERN);
  });
});

describe('CIS 7.0', () => {
  const holds = (pattern: string, name: string): boolean =>
    new RegExp(`(?<!\\w)${name.replace(/[.*]/g, '\\$&')}(?!\\w)`).test(pattern);

  eachOf(Object.entries(CIS), ([number]) => number)(
    'is met by detections with all of its names',
    ([number, names]) => {
      const claiming = DETECTIONS.filter(({ controls }) => controls.includes(`CIS 7.0 ${number}`));
      expect(claiming).not.toEqual([]);
      for (const { pattern } of claiming) {
        const missing = names.split(' ').filter((name) => !holds(pattern, name));
        expect(missing).toEqual(number === '5.10' ? LEFT_OUT : []);
      }
    },
  );

  test('has fifteen controls of monitoring', () => {
    expect(Object.keys(CIS)).toEqual(Array.from({ length: 15 }, (_, index) => `5.${index + 1}`));
  });
});
