import { inspect } from 'node:util';
import { secretsIn } from '../secrets';

// What functions log stays for a month: no test may see a credential there, whether it looks at the log or
// silences it.
const METHODS = ['log', 'info', 'warn', 'error'] as const;
const written: unknown[] = [];

for (const method of METHODS) {
  const original = console[method].bind(console);
  console[method] = (...values: unknown[]) => {
    written.push(values);
    original(...values);
  };
}

afterEach(() => {
  const silenced = METHODS.flatMap((method) => {
    const now: unknown = Reflect.get(console, method);
    return jest.isMockFunction(now) ? (now.mock.calls as unknown[]) : [];
  });
  const logged = [...written.splice(0), ...silenced];
  // Nearly always, and this is after each test.
  if (logged.length === 0) return;
  const all = inspect(logged, {
    depth: 8,
    maxStringLength: null,
    maxArrayLength: null,
  });
  expect(secretsIn(all)).toEqual([]);
});
