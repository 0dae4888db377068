import { CloudTrailClient, StopLoggingCommand } from '@aws-sdk/client-cloudtrail';
import {
  CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  PutRetentionPolicyCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  DeleteSecurityGroupCommand,
  DescribeSecurityGroupsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  IAMClient,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import { deleteUser } from './clean-up';
import { newKey } from './new-key';
import type { Live } from './step';
import { deployedPart } from './steps/deploy';

/** Something harmless that has to be reported. */
export interface Provocation {
  readonly id: string;
  /** What the program does, as a sentence without a full stop. */
  readonly what: string;
  /** IDs of the signals whose alarm sends a message. */
  readonly signals: readonly string[];
  /** Whether a rule of the second way sends one, too. */
  readonly byRule: boolean;
  /**
   * Does it.
   *
   * @returns what was wrong; undefined if nothing was
   */
  readonly provoke: (live: Live) => Promise<string | undefined>;
  /** Removes what is left of it, if anything is. */
  readonly undo: (live: Live) => Promise<void>;
}

const UserName = 'live-stranger';
const GROUP = 'live-open';

/** In the order in which they are tried. Each alarm is provoked once: it is silent until it is OK again. */
export const PROVOCATIONS: readonly Provocation[] = [
  {
    id: 'user',
    what: 'A user is created, gets a policy that denies everything, and is denied to stop a trail',
    signals: ['Access', 'Activity', 'Attempts'],
    byRule: false,
    async provoke({ clients, region, config }) {
      const iam = clients.get(IAMClient);
      await iam.send(new CreateUserCommand({ UserName }));
      const document = { Version: '2012-10-17', Statement: { Effect: 'Deny', Action: '*', Resource: '*' } };
      const PolicyDocument = JSON.stringify(document);
      await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: 'Nothing', PolicyDocument }));
      const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
      // A trail that does not exist: were the call allowed, nothing would stop.
      const Name = `${config.stackName}-none`;
      const refusal = await newKey(AccessKey, (credentials) =>
        new CloudTrailClient({ region, credentials }).send(new StopLoggingCommand({ Name })),
      ).then(
        () => 'no error',
        (error: unknown) => (error instanceof Error ? error.name : String(error)),
      );
      return refusal.startsWith('AccessDenied') ? undefined : `it was not denied: ${refusal}`;
    },
    undo: (live) => deleteUser(live, UserName),
  },
  {
    id: 'security-group',
    what: 'A security group that nothing uses opens port 22 to everyone',
    signals: ['Exposure'],
    byRule: false,
    async provoke({ clients }) {
      const ec2 = clients.get(EC2Client);
      const { GroupId } = await ec2.send(
        new CreateSecurityGroupCommand({ GroupName: GROUP, Description: 'Of npm run live. Delete it.' }),
      );
      const IpRanges = [{ CidrIp: '0.0.0.0/0' }];
      const IpPermissions = [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges }];
      await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions }));
      return undefined;
    },
    async undo({ clients }) {
      const ec2 = clients.get(EC2Client);
      const Filters = [{ Name: 'group-name', Values: [GROUP] }];
      const { SecurityGroups = [] } = await ec2.send(new DescribeSecurityGroupsCommand({ Filters }));
      for (const { GroupId } of SecurityGroups) await ec2.send(new DeleteSecurityGroupCommand({ GroupId }));
    },
  },
  {
    id: 'retention',
    what: 'The retention of the trail’s log group is set to the value that it has',
    signals: ['Safeguards'],
    byRule: true,
    async provoke(live) {
      const logs = live.clients.get(CloudWatchLogsClient);
      const logGroupName = await deployedPart(live, 'log-group');
      const { logGroups: [group] = [] } = await logs.send(
        new DescribeLogGroupsCommand({ logGroupNamePrefix: logGroupName }),
      );
      const retentionInDays = group?.retentionInDays;
      await logs.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays }));
      return undefined;
    },
    undo: () => Promise.resolve(),
  },
];

/** Signals that a person provokes, and how. */
export const BY_PERSON: Readonly<Record<string, string>> = {
  SignIn: 'the first sign-in without MFA, or the new device',
  RootAttempts: 'a wrong password of root',
  RootUser: 'the sign-in of root',
};

/** Signals that are not provoked, and why. */
export const NOT_PROVOKED: Readonly<Record<string, string>> = {
  RootCredentials: 'Only a change of root’s password, keys, or devices triggers it. Do that when it is due.',
};
