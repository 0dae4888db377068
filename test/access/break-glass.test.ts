import { WITH_MFA, WITHOUT_MFA } from '../../scripts/docs/access-rows/request';
import { stackTemplate } from '../synth';
import { decideChecked } from './simulator';
import { templatePolicies } from './template-policies';

const policies = templatePolicies(
  stackTemplate('BreakGlass', { access: { breakGlass: ['glass1', 'glass2'] } }),
);

const OWN = '${BreakGlassglass1User.Arn}';
const TRAIL = 'arn:aws:cloudtrail:us-east-1:${AWS::AccountId}:trail/account-baseline';
const BY_CLOUDFORMATION = { 'aws:CalledVia': ['cloudformation.amazonaws.com'], 'aws:ViaAWSService': 'true' };

/** With MFA, without MFA, and in a deployment. */
test.each<[task: string, action: string, on: string, answers: [string, string, string]]>([
  ['creates users', 'iam:CreateUser', 'arn:aws:iam::${AWS::AccountId}:user/erin', ['yes', 'no', 'yes']],
  ['uses services', 's3:PutObject', 'arn:aws:s3:::bucket/key', ['yes', 'no', 'yes']],
  [
    'deploys',
    'cloudformation:ExecuteChangeSet',
    'arn:aws:cloudformation:us-east-1:${AWS::AccountId}:stack/AccountBaseline-Access/id',
    ['yes', 'no', 'yes'],
  ],
  ['sets up the hardware key', 'iam:EnableMFADevice', OWN, ['yes', 'yes', 'no']],
  ['removes the hardware key', 'iam:DeactivateMFADevice', OWN, ['yes', 'no', 'yes']],
  [
    'reads the first-time password of the other',
    'secretsmanager:GetSecretValue',
    '${BreakGlassglass2Password}',
    ['yes', 'no', 'yes'],
  ],
  ['stops the trail', 'cloudtrail:StopLogging', TRAIL, ['no', 'no', 'yes']],
  ['unseals the other', 'iam:RemoveUserFromGroup', '${BreakGlassGroup.Arn}', ['no', 'no', 'yes']],
])('a break-glass user %s only as an administrator would', (_, action, on, answers) => {
  const answer = (context: object) =>
    decideChecked(policies, { who: OWN, on, context: context as typeof WITH_MFA }, action);
  expect([answer(WITH_MFA), answer(WITHOUT_MFA), answer(BY_CLOUDFORMATION)]).toEqual(answers);
});
