import { createColors } from 'picocolors';
import { renderPlan } from '../../lib/posture/render-plan';
import type { Entry } from '../../lib/posture/preflight/plan';

const IMPORT = { text: 'Import it.', command: 'npx cdk deploy --all --import-existing-resources' };
const entry = (what: string, remedy?: Entry['remedy']): Entry => ({
  what,
  action: remedy ? 'stop' : 'create',
  why: 'It is there.',
  remedy,
});

test('a step that several resources need is printed once, with their names', () => {
  const entries = [
    entry('User alice', IMPORT),
    entry('Trail'),
    entry('User bob', IMPORT),
    entry('Notification hub', { text: 'List the hubs.' }),
  ];
  const plan = { account: '123456789012', region: 'us-east-1', stackName: 'AccountBaseline', entries };
  const text = renderPlan(plan, { colors: createColors(false), width: 100 });
  expect(text.slice(text.indexOf('\n\nUser alice'))).toBe(`

User alice, User bob
   Import it.
   $ npx cdk deploy --all --import-existing-resources

Notification hub
   List the hubs.

1 create, 0 adopt, 0 skip, 0 info, 0 unknown, 0 gone, 3 stop`);
});
