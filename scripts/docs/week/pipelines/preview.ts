import { ACCOUNT } from '../../silencing/deployed';
import { at, type Habit, inTurn } from '../habit';
import { call, role } from '../record';
import { byCloudFormation, cdkDeployment } from './cloudformation';

const BUCKET = 'example-preview-uploads';
const LOG_GROUP = '/aws/lambda/Preview-Handler';
const LAMBDA = {
  sourceIPAddress: '54.210.9.31',
  userAgent:
    'aws-sdk-js/3.888.0 ua/2.1 os/linux#5.10 lang/js md/nodejs#22.19.0 exec-env/AWS_Lambda_nodejs22.x',
};
const provider = (name: string) => role(`Preview-Custom${name}Role`, `Preview-Custom${name}`, LAMBDA);

/**
 * A preview of a branch comes and goes. The CDK's own functions set the retention of its logs and empty its
 * bucket; they call the APIs themselves.
 */
export const preview: Habit = {
  title: 'Preview of a branch',
  records: () => [
    ...cdkDeployment('Tue', '09:30', 'Preview', [
      byCloudFormation('s3', 'CreateBucket', { bucketName: BUCKET }),
      byCloudFormation('lambda', 'CreateFunction20150331', { functionName: 'Preview-Handler' }),
      byCloudFormation('lambda', 'CreateFunctionUrlConfig', {
        functionName: 'Preview-Handler',
        authType: 'AWS_IAM',
      }),
      ...['CreateLogGroup', 'PutRetentionPolicy'].map((name) =>
        call(provider('LogRetention'), 'logs', name, {
          logGroupName: LOG_GROUP,
          ...(name === 'PutRetentionPolicy' ? { retentionInDays: 7 } : {}),
        }),
      ),
    ]),
    ...inTurn(at('Fri', '16:40'), 6, [
      // Nobody may write into the bucket while it is emptied.
      call(provider('S3AutoDelete'), 's3', 'PutBucketPolicy', {
        bucketName: BUCKET,
        policy: '',
        bucketPolicy: {
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Deny', Principal: '*', Action: 's3:PutObject', Resource: `arn:aws:s3:::${BUCKET}/*` },
          ],
        },
      }),
      byCloudFormation('s3', 'DeleteBucket', { bucketName: BUCKET }),
      byCloudFormation('lambda', 'DeleteFunctionUrlConfig', { functionName: 'Preview-Handler' }),
      byCloudFormation('lambda', 'DeleteFunction20150331', { functionName: 'Preview-Handler' }),
      call(provider('LogRetention'), 'logs', 'DeleteLogGroup', { logGroupName: LOG_GROUP }),
      byCloudFormation('iam', 'DeleteRole', { roleName: 'Preview-HandlerServiceRole' }),
      byCloudFormation('secretsmanager', 'DeleteSecret', {
        secretId: `arn:aws:secretsmanager:us-east-1:${ACCOUNT}:secret:preview/database-GhIjKl`,
        recoveryWindowInDays: 30,
      }),
    ]),
  ],
};
