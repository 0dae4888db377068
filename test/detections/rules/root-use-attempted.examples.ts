import { example, type Examples, parameters } from '../events/example';
import { addendum, BUCKET, CENTRAL_ROOT, notRoot, rootAttempts, rootAtWork } from '../events/fixtures';
import { call, consoleCall, ROOT, root, session } from '../events/record';

export const examples: Examples = {
  matches: [
    ...rootAtWork(),
    ...rootAttempts(),
    example(
      'the management account works as root',
      call('s3', 'DeleteBucketPolicy', CENTRAL_ROOT, parameters(BUCKET)),
    ),
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-track-privileged-tasks.html
    example('it does, in the form of the IAM guide', call('sqs', 'SetQueueAttributes', root(session(false)))),
    example(
      'a service reports root after an outage',
      consoleCall('ec2', 'DescribeVpcs', ROOT, addendum('SERVICE_OUTAGE')),
    ),
  ],
  nearMisses: notRoot(),
};
