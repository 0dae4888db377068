import { knownActions } from '../../lib/explain/known-actions';
import { MANAGED_POLICIES } from '../../lib/explain/managed-policies';

test('the known actions are those of the access matrix and of managed policies, without patterns', () => {
  const known = knownActions();
  expect(known).toContain('cloudtrail:StopLogging');
  const named = Object.values(MANAGED_POLICIES).flatMap(({ document }) =>
    document.Statement.flatMap(({ Action = [] }) => Action),
  );
  expect(named.filter((action) => !action.includes('*') && !known.includes(action))).toEqual([]);
  expect(named.some((action) => action.includes('*'))).toBe(true);
  expect(known.filter((action) => !/^[a-z0-9-]+:[A-Za-z0-9]+$/.test(action))).toEqual([]);
});
