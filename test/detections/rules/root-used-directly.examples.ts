import { example, type Examples, parameters } from '../events/example';
import { addendum, BUCKET, CENTRAL_ROOT, notRoot, rootAttempts, rootAtWork } from '../events/fixtures';
import { call, consoleCall, ROOT, root, signInPage } from '../events/record';

export const examples: Examples = {
  matches: rootAtWork(),
  nearMisses: [
    example(
      'the management account works as root',
      call('s3', 'DeleteBucketPolicy', CENTRAL_ROOT, parameters(BUCKET)),
    ),
    example(
      'the management account removes the password of root',
      call('iam', 'DeleteLoginProfile', CENTRAL_ROOT),
    ),
    example(
      'a service reports root after an outage',
      consoleCall('ec2', 'DescribeVpcs', ROOT, addendum('SERVICE_OUTAGE')),
    ),
    example(
      'the record of root comes late',
      consoleCall('ec2', 'DescribeVpcs', ROOT, addendum('DELIVERY_DELAY')),
    ),
    example(
      'the record of root is corrected',
      consoleCall('ec2', 'DescribeVpcs', ROOT, addendum('UPDATED_DATA')),
    ),
    ...notRoot(),
    ...rootAttempts(),
    example('the sign-in page asks for MFA', signInPage('CheckMfa', root())),
  ],
};
