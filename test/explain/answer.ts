import { type Evaluation, evaluate, type Policy } from '../../lib/explain/evaluate';
import { MANAGED_POLICIES } from '../../lib/explain/managed-policies';
import { callerKeys, contextOf } from '../../lib/explain/request';
import { resourcePolicyOf } from '../../lib/explain/template-policies';
import type { Answer, Request } from '../../scripts/docs/access-rows/request';
import { ACCOUNT, substitute, type TemplatePolicies } from '../access/template-policies';

/** Whom the templates do not know has AdministratorAccess, as in test/access/simulator.ts. */
const ADMINISTRATOR: Policy = {
  kind: 'identity',
  name: 'AdministratorAccess',
  document: MANAGED_POLICIES['AdministratorAccess']?.document,
};

/** Our evaluation of a request, as test/access/simulator.ts has the simulator's. */
export function evaluated(
  { resolved, names }: Pick<TemplatePolicies, 'names' | 'resolved'>,
  request: Request,
  action: string,
): Evaluation {
  const sub = (text: string) => substitute(text, names);
  const principal = sub(request.who);
  const resource = sub(request.on);
  const known = resolved.principals.find(({ arn }) => arn === principal)?.policies;
  const ofResource = resourcePolicyOf(resolved, { action, resource });
  const keys = Object.entries(request.context ?? {}).map(
    ([key, value]) => [key, [value].flat().map(sub)] as const,
  );
  const context = contextOf({
    'aws:SecureTransport': 'true',
    ...callerKeys(principal),
    ...Object.fromEntries(keys),
  });
  return evaluate({ principal, action, resource, account: ACCOUNT, context }, [
    ...(known ?? [ADMINISTRATOR]),
    ...(ofResource ? [ofResource] : []),
  ]);
}

/** The answer alone. */
export function answered(...request: Parameters<typeof evaluated>): Answer {
  return evaluated(...request).allowed ? 'yes' : 'no';
}
