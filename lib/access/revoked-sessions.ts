import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';

/** Sessions of roles that are to end. */
export interface RevokedSessions {
  /** Name of the sessions: that of the IAM user, or the one that the identity provider gives. */
  readonly name: string;
  /** Sessions that began before are denied everything, in UTC, such as `2026-11-29T10:00:00Z`. */
  readonly before: string;
}

/**
 * Denies everything to sessions that somebody began before a moment. The console ends the sessions of a role
 * in the same way, but those of everybody, and with a policy that the guard denies.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_revoke-sessions.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#principaltable
 */
export function denySessions(revoked: readonly RevokedSessions[]): PolicyStatement[] {
  return revoked.map(
    ({ name, before }, index) =>
      new PolicyStatement({
        sid: `Revoked${index + 1}`,
        effect: Effect.DENY,
        actions: ['*'],
        resources: ['*'],
        conditions: {
          // The ID of the role, which differs from role to role, and the name of the session.
          StringLike: { 'aws:userid': `*:${name}` },
          DateLessThan: { 'aws:TokenIssueTime': before },
        },
      }),
  );
}
