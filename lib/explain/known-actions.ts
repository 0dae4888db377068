import { ACCESS } from '../access/access-matrix';
import { MANAGED_POLICIES } from './managed-policies';

/** Some actions, for suggestions: AWS has thousands, which are not listed here. */
export function knownActions(): string[] {
  const named = Object.values(MANAGED_POLICIES).flatMap(({ document }) =>
    document.Statement.flatMap(({ Action = [] }) => Action),
  );
  return [...ACCESS.flatMap(({ actions }) => actions), ...named.filter((action) => !action.includes('*'))];
}
