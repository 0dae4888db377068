import { example, type Examples, parameters } from '../events/example';
import { ADMIN, addendum, BUCKET, CENTRAL_ROOT, notRoot, rootAttempts, rootAtWork } from '../events/fixtures';
import { ACCOUNT, call, consoleCall, denied, ROOT, root, session, signInPage } from '../events/record';

export const examples: Examples = {
  matches: [
    ...rootAtWork(),
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
    example(
      'the management account opens a session',
      call('sts', 'AssumeRoot', ADMIN, parameters({ targetPrincipal: ACCOUNT })),
    ),
  ],
  nearMisses: [
    ...notRoot(),
    ...rootAttempts(),
    example('the sign-in page asks for MFA', signInPage('CheckMfa', root())),
    example('somebody may not open a session', denied('sts', 'AssumeRoot', ADMIN)),
    example('a role is assumed', call('sts', 'AssumeRole', ADMIN)),
  ],
};
