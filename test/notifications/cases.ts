import type { CloudTrailEvent } from '../../emulator/metric-filters';

/** The account that the messages are about. */
export const OWN = '111122223333';

/** A record on which the message was wrong, and what it must hold. Names and addresses are replaced. */
export interface Case {
  readonly shows: string;
  readonly holds: readonly string[];
  readonly event: CloudTrailEvent;
}

export const CASES: readonly Case[] = [
  {
    shows: 'Identity Center user: who is an id and a store, not nobody',
    holds: ['544894e8-80c1-707f-60e3-3ba6510dfac1'],
    event: {
      eventVersion: '1.11',
      eventName: 'UserAuthentication',
      eventSource: 'signin.amazonaws.com',
      userIdentity: {
        type: 'IdentityCenterUser',
        accountId: '111122223333',
        onBehalfOf: {
          userId: '544894e8-80c1-707f-60e3-3ba6510dfac1',
          identityStoreArn: 'arn:aws:identitystore::111122223333:identitystore/d-9067642ac7',
        },
        credentialId: 'c',
      },
      eventTime: '2026-01-01T00:00:00Z',
      sourceIPAddress: '2001:db8::1',
      awsRegion: 'us-east-1',
      eventID: '11111111-2222-3333-4444-555555555555',
      recipientAccountId: '111122223333',
      eventType: 'AwsServiceEvent',
    },
  },
  {
    shows: 'somebody of another account: the account is what matters',
    holds: ['999999999999', '22', '0.0.0.0/0'],
    event: {
      eventName: 'AuthorizeSecurityGroupIngress',
      eventSource: 'ec2.amazonaws.com',
      userIdentity: {
        type: 'AWSAccount',
        accountId: '999999999999',
        principalId: 'AIDAEXAMPLE',
      },
      requestParameters: {
        groupId: 'sg-0123456789abcdef0',
        ipPermissions: {
          items: [
            {
              ipProtocol: 'tcp',
              fromPort: 22,
              toPort: 22,
              ipRanges: {
                items: [
                  {
                    cidrIp: '0.0.0.0/0',
                  },
                ],
              },
            },
          ],
        },
      },
      eventTime: '2026-01-01T00:00:00Z',
      awsRegion: 'us-east-1',
      eventID: '11111111-2222-3333-4444-555555555556',
    },
  },
  {
    shows: 'snapshot shared: with whom',
    holds: ['999999999999'],
    event: {
      eventName: 'ModifySnapshotAttribute',
      eventSource: 'ec2.amazonaws.com',
      userIdentity: {
        type: 'IAMUser',
        userName: 'eve',
        accountId: '111122223333',
        accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
      },
      requestParameters: {
        snapshotId: 'snap-0123456789abcdef0',
        createVolumePermission: {
          add: {
            items: [
              {
                userId: '999999999999',
              },
            ],
          },
        },
        attributeType: 'CREATE_VOLUME_PERMISSION',
      },
      eventTime: '2026-01-01T00:00:00Z',
      sourceIPAddress: '198.51.100.7',
      awsRegion: 'eu-west-1',
      eventID: '11111111-2222-3333-4444-555555555557',
    },
  },
  {
    shows: 'policy attached: user and policy',
    holds: ['mallory', 'AdministratorAccess'],
    event: {
      eventName: 'AttachUserPolicy',
      eventSource: 'iam.amazonaws.com',
      userIdentity: {
        type: 'AssumedRole',
        arn: 'arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Admin_0123456789abcdef/jane@example.com',
        sessionContext: {
          sessionIssuer: {
            type: 'Role',
            userName: 'AWSReservedSSO_Admin_0123456789abcdef',
          },
          sourceIdentity: 'jane',
        },
      },
      requestParameters: {
        userName: 'mallory',
        policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess',
      },
      eventTime: '2026-01-01T00:00:00Z',
      sourceIPAddress: '198.51.100.7',
      awsRegion: 'us-east-1',
      eventID: '11111111-2222-3333-4444-555555555558',
    },
  },
  {
    shows: 'trust policy changed: which principal',
    holds: ['arn:aws:iam::999999999999:root', 'deploy'],
    event: {
      eventName: 'UpdateAssumeRolePolicy',
      eventSource: 'iam.amazonaws.com',
      userIdentity: {
        type: 'IAMUser',
        userName: 'eve',
      },
      requestParameters: {
        roleName: 'deploy',
        policyDocument:
          '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::999999999999:root"},"Action":"sts:AssumeRole"}]}',
      },
      eventTime: '2026-01-01T00:00:00Z',
      sourceIPAddress: '198.51.100.7',
      awsRegion: 'us-east-1',
      eventID: '11111111-2222-3333-4444-555555555559',
    },
  },
  {
    shows: "an event of a member account in an organization's trail",
    holds: ['222222222222'],
    event: {
      eventName: 'CreateUser',
      eventSource: 'iam.amazonaws.com',
      userIdentity: {
        type: 'Root',
        arn: 'arn:aws:iam::222222222222:root',
        accountId: '222222222222',
        sessionContext: {
          attributes: {
            mfaAuthenticated: 'false',
          },
        },
      },
      requestParameters: {
        userName: 'backup',
      },
      eventTime: '2026-01-01T00:00:00Z',
      sourceIPAddress: '198.51.100.7',
      awsRegion: 'us-east-1',
      eventID: '11111111-2222-3333-4444-55555555555a',
      recipientAccountId: '222222222222',
    },
  },
  {
    shows: 'sign-in with a user name that does not exist: CIS 5.6 text misses it, its reason is said',
    holds: ['No username found in supplied account'],
    event: {
      eventName: 'ConsoleLogin',
      eventSource: 'signin.amazonaws.com',
      userIdentity: {
        type: 'IAMUser',
        accountId: '111122223333',
        userName: 'HIDDEN_DUE_TO_SECURITY_REASONS',
        accessKeyId: '',
      },
      errorMessage: 'No username found in supplied account',
      responseElements: {
        ConsoleLogin: 'Failure',
      },
      additionalEventData: {
        MFAUsed: 'No',
      },
      eventTime: '2026-01-01T00:00:00Z',
      sourceIPAddress: '198.51.100.7',
      userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Firefox/128.0',
      awsRegion: 'us-east-1',
      eventID: '11111111-2222-3333-4444-55555555555b',
      eventType: 'AwsConsoleSignIn',
    },
  },
  {
    shows: 'Lambda opened to everybody: the principal',
    holds: ['*'],
    event: {
      eventName: 'AddPermission20150331v2',
      eventSource: 'lambda.amazonaws.com',
      userIdentity: {
        type: 'IAMUser',
        userName: 'eve',
      },
      requestParameters: {
        functionName: 'pay',
        statementId: 'x',
        action: 'lambda:InvokeFunction',
        principal: '*',
      },
      eventTime: '2026-01-01T00:00:00Z',
      sourceIPAddress: '198.51.100.7',
      awsRegion: 'us-east-1',
      eventID: '11111111-2222-3333-4444-55555555555c',
    },
  },
];
