import { ACCOUNT } from '../../silencing/deployed';
import { call, type Call, type Caller, role } from '../record';

const RUNNER = { sourceIPAddress: '20.55.13.96' };

/**
 * The identity of a workflow before it has a role.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
 */
const workflow = (repository: string): Caller => {
  const subject = `repo:example/${repository}:ref:refs/heads/main`;
  const provider = `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com`;
  return {
    identity: () => ({
      type: 'WebIdentityUser',
      principalId: `${provider}:sts.amazonaws.com:${subject}`,
      userName: subject,
      identityProvider: provider,
    }),
    fields: { ...RUNNER, userAgent: 'aws-sdk-js/3.901.0 ua/2.1 os/linux#6.11.0 lang/js md/nodejs#20.19.5' },
  };
};

/** A workflow signs in with OpenID Connect. */
export function oidc(repository: string, roleName: string): Call {
  return call(workflow(repository), 'sts', 'AssumeRoleWithWebIdentity', {
    roleArn: `arn:aws:iam::${ACCOUNT}:role/${roleName}`,
    roleSessionName: 'GitHubActions',
    durationSeconds: 3600,
  });
}

/** The session of a workflow, with its tool. */
export function runner(roleName: string, userAgent: string): Caller {
  return role(roleName, 'GitHubActions', { ...RUNNER, userAgent });
}
