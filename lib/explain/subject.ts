import { closest, distance } from 'fastest-levenshtein';
import { PERSON_ROLES } from '../access/person-roles';
import type { Subject } from './explain';
import type { Place, TemplatePolicies } from './template-policies';

/** A name, ARN, or action that nobody knows. The message says what is allowed. */
export class QuestionError extends Error {}

const isPersonRole = (name: string) => (PERSON_ROLES as readonly string[]).includes(name);

/**
 * Finds who is meant.
 *
 * @param who name or ARN of a user, role or group; a role for people without its prefix; ARN of a session;
 * name of a service; or `root`
 * @param where for the message, such as `baseline.config.ts`
 * @throws {QuestionError} if nobody has the name
 */
export function subjectOf(
  who: string,
  { principals }: Pick<TemplatePolicies, 'principals'>,
  { partition, account }: Place,
  where: string,
): Subject {
  const root = `arn:${partition}:iam::${account}:root`;
  if (who === 'root' || who === root) {
    return { kind: 'root', name: 'root', arn: root, groups: [], policies: [] };
  }
  if (/^[a-z0-9.-]+\.amazonaws\.com(\.cn)?$/.test(who)) {
    return { kind: 'service', name: who, arn: who, groups: [], policies: [] };
  }
  // The ARN of a session has no path.
  const [, role, session] = /^arn:[^:]+:sts::\d+:assumed-role\/([^/]+)\/(.+)$/.exec(who) ?? [];
  const name = role ?? who;
  const group = /^arn:[^:]+:iam::\d+:group\/(?:.*\/)?([^/]+)$/.exec(who)?.[1];
  const found =
    principals.find(({ arn, kind }) => kind !== 'group' && arn === who) ??
    principals.find((one) => one.name === (group ?? name) && (role === undefined || one.kind === 'role')) ??
    // Roles for people have a prefix, which nobody wants to type.
    principals.find((one) => one.kind === 'role' && isPersonRole(who) && one.name.endsWith(`-${who}`));
  if (found) return { ...found, session };
  const names = principals.map((one) => one.name);
  const suggestion = closest(who, [...names, 'root']);
  const hint = distance(who, suggestion) <= 3 ? ` Did you mean ${suggestion}?` : '';
  throw new QuestionError(
    `--as must be a user, role or group of ${where}, an ARN, an AWS service such as cloudtrail.amazonaws.com, or root; received "${who}".${hint}`,
  );
}

/**
 * Checks the form of an action. Only IAM knows which ones there are.
 *
 * @param known actions to suggest
 * @throws {QuestionError} if it is not one action of one service
 */
export function checkAction(action: string, known: readonly string[]): void {
  if (/^[a-z0-9-]+:[A-Za-z0-9]+$/.test(action)) return;
  const named = action.replaceAll(/[*?]/g, '');
  const ofAnyService = known.filter((one) => one.endsWith(`:${named}`));
  const suggestion = closest(named, ofAnyService.length > 0 ? ofAnyService : known);
  const isSimilar =
    ofAnyService.length > 0 || suggestion.startsWith(named) || distance(named, suggestion) <= 3;
  throw new QuestionError(
    `--can must be one action, such as iam:CreateUser; received "${action}".${isSimilar ? ` Did you mean ${suggestion}?` : ''}`,
  );
}

/** The known action most similar to a misspelled one; undefined if it is known, or similar to none. */
export function similarAction(action: string, known: readonly string[]): string | undefined {
  if (known.some((one) => one.toLowerCase() === action.toLowerCase())) return undefined;
  const similar = closest(action, known);
  return distance(action, similar) <= 2 ? similar : undefined;
}
