import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import type { BaselineConfig } from '../../config/config';
import { verifyRoleName } from '../../organization/verify-role-name';
import { CallFailed, Clients, Connections, type Credentials } from '../clients';
import type { Caller } from '../snapshot';
import { noAnswer } from '../read';
import { collectMember } from './collect-member';
import { inPool } from './in-pool';
import { type Member, type Members, readGroups, type Skipped } from './members';
import type { RunFile } from './run-file';
import { driftLines, readRollouts, rolloutFindings, stackOf } from './rollout';
import { type MemberPosture, memberConfigOf, unreadableMember, verifyMember } from './verify-member';

/** The result of one run of `org verify`. */
export interface OrganizationPosture {
  /** ID of the organization. */
  readonly organization: string;
  readonly managementAccount: string;
  /** Time of the run, in ISO 8601. */
  readonly at: string;
  /** Those with the most severe failures first, after those that could not be read. */
  readonly accounts: readonly MemberPosture[];
  /** Accounts that were not checked. */
  readonly skipped: readonly Skipped[];
  /** When drift of the members' stacks was looked for, and how to. @default - there is no StackSet */
  readonly drift?: string;
}

/** Accounts that are read at a time. */
export const READ_AT_A_TIME = 12;
/** Attempts of a call, with growing pauses. */
const ATTEMPTS = 8;
/** The shortest session that STS gives. Reading an account takes seconds. */
const SESSION_SECONDS = 900;

/** What a run needs besides the accounts. */
export interface Run {
  readonly clients: Clients;
  readonly caller: Caller;
  readonly config: BaselineConfig;
  /** Keeps what was read in case of an interruption. */
  readonly file: RunFile;
  /** Is called after each account, and before the first. */
  readonly onProgress: (done: number, of: number) => void;
  /** Is called before each call to a member. */
  readonly onCall?: (call: string) => void;
}

/** What reading a member needs. */
interface RunOfMember extends Run {
  readonly connections: Connections;
  /** Name of its group; empty if it has none. */
  readonly group: string;
  /** ARN of its stack, which has the role that reads it; undefined if it is not known. */
  readonly stack: string | undefined;
}

/** Reads and checks all members, a few at a time. What cannot be read is unknown. */
export async function verifyOrganization(
  { organization, managementAccount, members, skipped }: Members,
  run: Run,
): Promise<OrganizationPosture> {
  const { file, onProgress } = run;
  const { config } = run;
  let done = members.filter(({ id }) => file.done.has(id)).length;
  onProgress(done, members.length);
  const connections = new Connections();
  const [rollouts, groups] = await Promise.all([
    readRollouts(run.clients, config),
    readGroups(run.clients, config),
  ]);
  const drift = driftLines(rollouts);
  const accounts = await inPool(members, READ_AT_A_TIME, async (member) => {
    const known = file.done.get(member.id);
    if (known) return known;
    const group = groups.get(member.id) ?? '';
    const posture = await readMember(member, managementAccount, {
      ...run,
      config: memberConfigOf(config, group),
      connections,
      group,
      stack: stackOf(rollouts, member.id, group),
    });
    file.add(posture);
    done += 1;
    onProgress(done, members.length);
    return posture;
  }).finally(() => {
    connections.destroy();
  });
  return {
    organization,
    managementAccount,
    at: new Date().toISOString(),
    accounts: accounts
      .map((one) => ({
        ...one,
        findings: [
          ...one.findings,
          ...rolloutFindings(rollouts.get(groups.get(one.account) ?? '') ?? { value: undefined }, {
            id: one.account,
          }),
        ],
      }))
      .sort(worstFirst),
    skipped,
    ...(drift === undefined ? {} : { drift }),
  };
}

async function readMember(
  member: Member,
  managementAccount: string,
  { clients, caller: { partition }, config, onCall, connections, group, stack }: RunOfMember,
): Promise<MemberPosture> {
  const sts = clients.get(STSClient);
  const region = await sts.config.region();
  const { stackName } = config;
  const unreadable = (why: string) =>
    unreadableMember(member, why, group, { region, partition, stackName, at: new Date().toISOString() });
  if (stack === undefined) return unreadable('The stack with the role that reads it is not known.');
  const RoleArn = `arn:${partition}:iam::${member.id}:role/${verifyRoleName(stackName, stack)}`;
  try {
    const { credentials, arn } = await assume(sts, RoleArn);
    let calls = 0;
    const count = (call: string) => {
      calls += 1;
      onCall?.(call);
    };
    const own = new Clients({ region, credentials, patientAttempts: ATTEMPTS, onCall: count, connections });
    const caller = { account: member.id, arn, partition };
    const snapshot = await collectMember(own, caller, config, managementAccount);
    return { ...verifyMember(snapshot, member, config), calls };
  } catch (error) {
    return unreadable(
      error instanceof CallFailed && error.call === 'sts.AssumeRole'
        ? `The role ${RoleArn} could not be assumed: ${error.code}: ${error.message}`
        : `The account could not be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

async function assume(
  sts: STSClient,
  RoleArn: string,
): Promise<{ readonly credentials: Credentials; readonly arn: string }> {
  const { Credentials: given, AssumedRoleUser: { Arn: arn = RoleArn } = {} } = await sts.send(
    new AssumeRoleCommand({ RoleArn, RoleSessionName: 'org-verify', DurationSeconds: SESSION_SECONDS }),
  );
  const {
    AccessKeyId: accessKeyId = noAnswer('the access key of the session'),
    SecretAccessKey: secretAccessKey = noAnswer('the secret key of the session'),
    SessionToken: sessionToken = noAnswer('the token of the session'),
  } = given ?? {};
  return { credentials: { accessKeyId, secretAccessKey, sessionToken }, arn };
}

/** Points of a failure. One critical failure outweighs any number of others that an account has. */
const WEIGHTS = { critical: 1e6, high: 1e4, medium: 100, low: 1 } as const;

function worstFirst(one: MemberPosture, other: MemberPosture): number {
  return Math.sign(weightOf(other) - weightOf(one)) || one.account.localeCompare(other.account);
}

function weightOf({ unreadable, findings }: MemberPosture): number {
  if (unreadable !== undefined) return Infinity;
  const failed = findings.filter(({ status }) => status === 'fail');
  return failed.reduce((sum, { severity }) => sum + WEIGHTS[severity], 0);
}
