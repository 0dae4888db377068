import type { Request } from './evaluate';
import type { Context } from './pattern';

/** Condition keys of a request by name. */
export type ContextKeys = Readonly<Record<string, string | readonly string[]>>;

/** Keys by their names in lower case, as {@link Request} has them. */
export function contextOf(keys: ContextKeys): Context {
  return new Map(Object.entries(keys).map(([name, value]) => [name.toLowerCase(), [value].flat()]));
}

/**
 * What IAM knows of a caller by its ARN.
 *
 * @param session name of the session of a role
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function callerKeys(principal: Request['principal'], session = 'session'): ContextKeys {
  const [, account, kind, path = ''] = /^arn:[^:]+:iam::(\d{12}):(\w+)\/?(.*)$/.exec(principal) ?? [];
  if (account === undefined || kind === undefined) return {};
  const ofAccount = { 'aws:PrincipalAccount': account, 'aws:PrincipalArn': principal };
  if (kind === 'root') return { ...ofAccount, 'aws:PrincipalType': 'Account', 'aws:userid': account };
  return kind === 'user'
    ? {
        ...ofAccount,
        'aws:PrincipalType': 'User',
        'aws:username': path.split('/').at(-1) ?? path,
        'aws:userid': 'AIDAEXAMPLE',
      }
    : { ...ofAccount, 'aws:PrincipalType': 'AssumedRole', 'aws:userid': `AROAEXAMPLE:${session}` };
}
