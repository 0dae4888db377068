import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { POLICIES } from '../../../lib/organization/policies';
import { TECHNIQUES } from '../../../scripts/docs/recordings/techniques';
import { week } from '../../../scripts/docs/week';
import { type Call, isAllowedUnchecked, MEMBER } from './simulate';

const RECORDINGS = join(__dirname, '../../../scripts/docs/recordings');

interface Recorded {
  readonly eventSource: string;
  readonly eventName: string;
  readonly awsRegion: string;
  readonly eventType?: string;
  readonly requestParameters?: Readonly<Record<string, unknown>> | null;
  readonly userIdentity: {
    readonly type: string;
    readonly arn?: string;
    readonly sessionContext?: { readonly sessionIssuer?: { readonly arn?: string } };
  };
}

/** The call of an event, as if it was made in a member; nothing if no policy limits the caller. */
function callOf(event: Recorded): Call | undefined {
  const { userIdentity, eventSource, eventName, awsRegion } = event;
  const arn = userIdentity.sessionContext?.sessionIssuer?.arn ?? userIdentity.arn ?? '';
  // Services, their own roles, and the sign-in page are not limited.
  if (!arn.startsWith('arn:') || arn.includes(':role/aws-service-role/')) return undefined;
  if (eventSource === 'signin.amazonaws.com') return undefined;
  const who = arn.replace(/::\d{12}:/, `::${MEMBER}:`);
  const action = `${eventSource.replace('.amazonaws.com', '')}:${eventName}`;
  const { roleName } = event.requestParameters ?? {};
  const on = typeof roleName === 'string' ? `arn:aws:iam::${MEMBER}:role/${roleName}` : '*';
  return { who, action, on, context: { 'aws:RequestedRegion': awsRegion } };
}

/** Calls of events, each once, with what they belong to. */
function callsOf(events: readonly (readonly [label: string, event: Recorded])[]) {
  const calls = events.flatMap(([label, event]) => {
    const call = callOf(event);
    return call
      ? [[JSON.stringify([label, call]), { label: `${label}: ${event.eventName}`, call }] as const]
      : [];
  });
  return [...new Map(calls).values()];
}

/** What each policy alone would have denied, of calls that are allowed without it. */
function denials(calls: ReturnType<typeof callsOf>): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    POLICIES.flatMap((policy) => {
      const denied = calls
        .filter(({ call }) => !isAllowedUnchecked([policy], call) && isAllowedUnchecked([], call))
        .map(({ label }) => label);
      return denied.length > 0 ? [[policy.name, [...new Set(denied)].sort()]] : [];
    }),
  );
}

test('an ordinary week in a member has only the calls denied that a policy is for', () => {
  const calls = callsOf(week().map(({ habit, event }) => [habit, event as unknown as Recorded]));
  expect(calls.length).toBeGreaterThan(100);
  expect(denials(calls)).toEqual({ regions: ['AWS Backup: CopySnapshot'] });
});

test('recorded attacks are stopped by the policies that are meant to stop them', () => {
  const attacks = Object.keys(TECHNIQUES).flatMap((technique) =>
    (JSON.parse(readFileSync(join(RECORDINGS, `${technique}.json`), 'utf8')) as Recorded[]).map(
      (event) => [technique, event] as const,
    ),
  );
  expect(denials(callsOf(attacks))).toEqual({
    protect: ['lateral-movement.ec2-serial-console-send-ssh-public-key: EnableSerialConsoleAccess'],
    leave: ['defense-evasion.organizations-leave: LeaveOrganization'],
    users: [
      'persistence.iam-backdoor-user: CreateAccessKey',
      'persistence.iam-create-admin-user: CreateAccessKey',
      'persistence.iam-create-admin-user: CreateUser',
      'persistence.iam-create-user-login-profile: CreateLoginProfile',
    ],
  });
});
