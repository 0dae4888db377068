import { ACCOUNT } from '../../silencing/deployed';
import { type Habit, regularly } from '../habit';
import {
  arnOf,
  assumption,
  call,
  type Call,
  type Caller,
  denied,
  REGION,
  role,
  service,
  through,
  uuid,
} from '../record';

const TASKS = ['orders-1', 'orders-2'].map((name) => uuid(name).replaceAll('-', ''));
const CLUSTER = { cluster: arnOf('ecs', 'cluster/orders') };
const SECRETS = ['orders/database', 'orders/payment-provider'].map(
  (name) => `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:${name}-AbCdEf`,
);

const task = (session: string): Caller =>
  role('OrdersTask', session, {
    sourceIPAddress: '10.20.0.17',
    vpcEndpointId: 'vpce-0a1b2c3d4e5f60718',
    userAgent:
      'aws-sdk-java/2.34.9 md/io#sync md/http#Apache ua/2.1 os/Linux#5.10 lang/java#21.0.8 exec-env/AWS_ECS_FARGATE',
  });

/** A secret is read, and Secrets Manager decrypts it in the name of the reader. */
const secretRead = (by: Caller, secretId: string): Call[] => [
  call(by, 'secretsmanager', 'GetSecretValue', { secretId }),
  call(
    through('secretsmanager', by),
    'kms',
    'Decrypt',
    {
      encryptionAlgorithm: 'SYMMETRIC_DEFAULT',
      encryptionContext: { SecretARN: secretId, SecretVersionId: uuid(secretId) },
    },
    {
      resources: [
        {
          accountId: ACCOUNT,
          type: 'AWS::KMS::Key',
          ARN: arnOf('kms', `key/${uuid('key of the orders')}`),
        },
      ],
    },
  ),
];

/** Containers that read their secrets every hour, day and night, and keys with them. */
export const orders: Habit = {
  title: 'Service of orders, on Amazon ECS',
  records: () => [
    ...regularly(60, 7, 3, () =>
      TASKS.flatMap((id) => SECRETS.flatMap((secret) => secretRead(task(id), secret))),
    ),
    ...regularly(120, 3, 2, () => [
      assumption(service('ecs-tasks'), 'OrdersTask', TASKS[0] ?? ''),
      call(task(TASKS[0] ?? ''), 'ssm', 'GetParametersByPath', {
        path: '/orders/',
        withDecryption: true,
        recursive: true,
      }),
      call(task(TASKS[1] ?? ''), 'kms', 'GenerateDataKey', { keyId: 'alias/orders', keySpec: 'AES_256' }),
    ]),
    // A permission that was forgotten when a feature was added.
    ...regularly(12 * 60, 130, 5, () => [
      denied(task(TASKS[0] ?? ''), 'ssm', 'GetParameter', { name: '/orders/discounts' }),
      denied(task(TASKS[1] ?? ''), 'dynamodb', 'DescribeTable', { tableName: 'discounts' }),
    ]),
    // A task is replaced: Amazon ECS fetches the image and attaches a network interface.
    ...regularly(24 * 60, 190, 4, () => [
      call(service('ecs'), 'ec2', 'CreateNetworkInterface', { subnetId: 'subnet-0a1b2c3d4e5f60718' }),
      assumption(service('ecs-tasks'), 'OrdersExecution', TASKS[1] ?? ''),
      ...['GetAuthorizationToken', 'BatchGetImage', 'GetDownloadUrlForLayer'].map((name) =>
        call(
          role('OrdersExecution', TASKS[1] ?? '', {
            sourceIPAddress: '10.20.0.18',
            userAgent: 'Amazon ECS Agent - v1.100.0',
          }),
          'ecr',
          name,
          { repositoryName: 'orders' },
        ),
      ),
      call(through('ecs', task('ecs-service')), 'elasticloadbalancing', 'RegisterTargets', {
        ...CLUSTER,
        targets: [{ id: '10.20.0.18', port: 8080 }],
      }),
    ]),
  ],
};
