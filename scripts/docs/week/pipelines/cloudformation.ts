import { ACCOUNT } from '../../silencing/deployed';
import { at, type Day, inTurn } from '../habit';
import { call, type Call, type Caller, type Fields, REGION, role, through } from '../record';
import type { CloudTrailEvent } from '../../../../emulator/metric-filters';
import { oidc, runner } from './github';

const CDK = 'aws-sdk-js/3.893.0 ua/2.1 os/linux#6.11.0 lang/js md/nodejs#20.19.5 cdk-toolkit/2.1030.0';

/** A role of the CDK's bootstrap. */
const bootstrapped = (name: string) => `cdk-hnb659fds-${name}-role-${ACCOUNT}-${REGION}`;

/** What CloudFormation calls for a deployment. */
const CLOUDFORMATION = through('cloudformation', role(bootstrapped('cfn-exec'), 'AWSCloudFormation', {}));

/** A call of CloudFormation. */
export function byCloudFormation(service: string, eventName: string, parameters: Fields): Call {
  return call(CLOUDFORMATION, service, eventName, parameters);
}

/** A deployment by the CDK from a pipeline: its assets, its change set, and what CloudFormation then does. */
export function cdkDeployment(
  day: Day,
  time: string,
  stackName: string,
  changes: readonly Call[],
): CloudTrailEvent[] {
  const github = runner('GitHubDeploy', CDK);
  const [publisher, deployer] = ['file-publishing', 'deploy'].map((name): Caller =>
    role(bootstrapped(name), `aws-cdk-runner`, github.fields),
  ) as [Caller, Caller];
  const assume = (name: string) =>
    call(github, 'sts', 'AssumeRole', {
      roleArn: `arn:aws:iam::${ACCOUNT}:role/${bootstrapped(name)}`,
      roleSessionName: 'aws-cdk-runner',
    });
  const change = { stackName, changeSetName: 'cdk-deploy-change-set' };
  const start = at(day, time);
  return [
    ...inTurn(start, 3, [
      oidc('shop', 'GitHubDeploy'),
      assume('lookup'),
      assume('file-publishing'),
      call(publisher, 's3', 'GetBucketLocation', {
        bucketName: `cdk-hnb659fds-assets-${ACCOUNT}-${REGION}`,
        location: '',
      }),
      call(publisher, 's3', 'GetBucketEncryption', {
        bucketName: `cdk-hnb659fds-assets-${ACCOUNT}-${REGION}`,
        encryption: '',
      }),
      assume('deploy'),
      call(deployer, 'ssm', 'GetParameter', { name: '/cdk-bootstrap/hnb659fds/version' }),
      call(deployer, 'cloudformation', 'DescribeStacks', { stackName }),
      call(deployer, 'cloudformation', 'GetTemplate', { stackName, templateStage: 'Original' }),
      call(deployer, 'cloudformation', 'CreateChangeSet', {
        ...change,
        changeSetType: 'UPDATE',
        capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND'],
        roleARN: `arn:aws:iam::${ACCOUNT}:role/${bootstrapped('cfn-exec')}`,
      }),
      call(deployer, 'cloudformation', 'DescribeChangeSet', change),
      call(deployer, 'cloudformation', 'ExecuteChangeSet', change),
    ]),
    ...inTurn(start + 45_000, 4, changes),
    ...inTurn(
      start + 60_000,
      5,
      Array.from({ length: 8 }, () => call(deployer, 'cloudformation', 'DescribeStackEvents', { stackName })),
    ),
  ];
}
