import { difference, setOption } from '../../lib/posture/preflight/write-config';

const ADOPTION = { path: ['auditTrail', 'existingLogGroup'], value: 'mine' };

test.each([
  [
    'a new object, in lines',
    "export default defineBaseline({\n  // People.\n  administrators: ['alice'], // the founder\n});\n",
    "export default defineBaseline({\n  // People.\n  administrators: ['alice'], // the founder\n  auditTrail: { existingLogGroup: 'mine' },\n});\n",
  ],
  [
    'a new object, without a trailing comma',
    "export default defineBaseline({\n  administrators: ['alice']\n});\n",
    "export default defineBaseline({\n  administrators: ['alice'],\n  auditTrail: { existingLogGroup: 'mine' },\n});\n",
  ],
  [
    'an object that is there',
    'const x = 1;\nexport default defineBaseline({ auditTrail: { expireAfterDays: 400 } });\n',
    "const x = 1;\nexport default defineBaseline({ auditTrail: { expireAfterDays: 400, existingLogGroup: 'mine' } });\n",
  ],
  [
    'an empty object',
    'export default defineBaseline({ auditTrail: {} });\n',
    "export default defineBaseline({ auditTrail: { existingLogGroup: 'mine' } });\n",
  ],
])('an option is written into %s', (_, before, after) => {
  expect(setOption(before, ADOPTION)).toBe(after);
});

test('a value is replaced only where that is wanted', () => {
  const source = "export default defineBaseline({ a: { b: 'x' }, c: [1], d: true });\n";
  const replaced = [
    { path: ['a', 'b'], value: 'y' },
    { path: ['c'], value: ['z'] },
    { path: ['d'], value: false },
  ].reduce((text, option) => setOption(text, option, true), source);
  expect(replaced).toBe("export default defineBaseline({ a: { b: 'y' }, c: ['z'], d: false });\n");
  expect(() => setOption(source, { path: ['d'], value: false })).toThrow(
    'd already has a value; set it to false',
  );
});

test('a list is written as one, and no value ends its string', () => {
  const write = (value: string | string[]) =>
    setOption('export default defineBaseline({});\n', { path: ['a'], value });
  expect(write(['x', 'y'])).toContain("a: ['x', 'y']");
  expect(write("x'; evil()")).toContain('a: "x\'; evil()"');
});

test.each([
  [
    'already has a value',
    "export default defineBaseline({ auditTrail: { existingLogGroup: 'other' } });",
    "auditTrail.existingLogGroup could not be written: existingLogGroup already has a value; set it to 'mine' manually",
  ],
  [
    'is not a literal',
    'export default defineBaseline({ auditTrail });',
    "auditTrail.existingLogGroup could not be written: auditTrail is not a literal; set it to 'mine' manually",
  ],
  [
    'has no call of defineBaseline with an object',
    'export default defineBaseline(options);',
    "auditTrail.existingLogGroup could not be written: defineBaseline is not called with an object; set it to 'mine' manually",
  ],
])('a configuration that %s is left to manual editing', (_, source, message) => {
  expect(() => setOption(source, ADOPTION)).toThrow(message);
});

test('the difference is a unified diff', () => {
  expect(difference('baseline.config.ts', 'a\n', 'b\n')).toContain('@@ -1,1 +1,1 @@\n-a\n+b\n');
});
