import { daily, DAYS, type Habit, regularly } from '../habit';
import { call, linked } from '../record';

const HUB = linked('SecurityHub', 'securityhub');
const INSPECTOR = linked('AmazonInspector2', 'inspector2');
const GUARDDUTY = linked('AmazonGuardDuty', 'guardduty');
const ANALYZER = linked('AccessAnalyzer', 'access-analyzer');

/** GuardDuty, Inspector, Security Hub, and IAM Access Analyzer read; Security Hub also owns Config rules. */
export const findings: Habit = {
  title: 'Security services of AWS',
  records: () => [
    ...regularly(120, 40, 15, () => [
      call(INSPECTOR, 'ec2', 'DescribeInstances'),
      call(INSPECTOR, 'ssm', 'DescribeInstanceInformation'),
      call(GUARDDUTY, 'ec2', 'DescribeInstances'),
      call(GUARDDUTY, 'organizations', 'ListAccounts', null, {
        errorCode: 'AWSOrganizationsNotInUseException',
      }),
      call(ANALYZER, 'iam', 'ListRoles'),
      call(ANALYZER, 's3', 'GetBucketPolicy', { bucketName: 'example-orders-data', policy: '' }),
      call(HUB, 'iam', 'GetAccountSummary'),
    ]),
    ...daily(DAYS, '01:10', 10, () => [
      call(HUB, 'config', 'PutConfigRule', {
        configRule: { configRuleName: 'securityhub-ec2-ebs-encryption-by-default-1a2b3c4d' },
      }),
      call(HUB, 'config', 'DeleteConfigRule', {
        configRuleName: 'securityhub-root-account-mfa-enabled-1a2b3c4d',
      }),
      call(HUB, 'logs', 'DescribeMetricFilters'),
      call(HUB, 'iam', 'GenerateCredentialReport'),
    ]),
  ],
};
