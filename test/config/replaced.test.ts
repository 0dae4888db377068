import { formatPath } from '../../lib/config/format';
import { EVERYTHING } from '../everything';
import { messageOf, SMALLEST } from './rows';

type Path = readonly (string | number)[];

const { pipelines } = { ...EVERYTHING.federation };

/** Every option that can be a text. */
const OPTIONS = {
  ...SMALLEST,
  ...EVERYTHING,
  stackName: 'Base',
  accountName: 'acme-prod',
  access: { groupName: 'Administrators' },
  auditTrail: { trailName: 'account-baseline' },
  // One pipeline of each kind.
  federation: {
    ...EVERYTHING.federation,
    pipelines: { ...pipelines, github: pipelines?.github?.slice(1, 2) },
  },
  notifications: { ...EVERYTHING.notifications, runbooks: 'https://wiki.example.com/' },
  accountSettings: { ...EVERYTHING.accountSettings, regions: ['us-east-1'] },
  passwordPolicy: { onRemoval: 'retain' },
  dayZero: { administrators: ['alice'], emails: ['a@example.com'] },
};
const ADOPTED = { ...SMALLEST, auditTrail: { existingLogGroup: 'trail' } };

/** The paths of all texts in the options. */
function textsIn(value: unknown, path: Path = []): Path[] {
  if (typeof value === 'string') return [path];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) =>
    textsIn(child, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

/** The options with another text at this path. */
function withText(value: unknown, [key, ...rest]: Path, change: (text: string) => string): unknown {
  if (key === undefined) return change(String(value));
  const copy: unknown = structuredClone(value);
  Reflect.set(copy as object, key, withText(Reflect.get(value as object, key), rest, change));
  return copy;
}

test('the options have a text of each kind', () => {
  expect(messageOf(OPTIONS)).toBe('no error');
  expect(messageOf(ADOPTED)).toBe('no error');
  expect(textsIn(OPTIONS).length).toBeGreaterThan(30);
});

test.each([
  '{{resolve:secretsmanager:NAME:SecretString}}',
  '{{resolve:ssm-secure:NAME}}',
  '{{',
  '${AWS::AccountId}',
  '${x}',
])('no option takes %s, which CloudFormation would replace', (reference) => {
  const accepted = [OPTIONS, ADOPTED].flatMap((options) =>
    [
      (text: string) => `${text}${reference}`,
      (text: string) => `${reference}${text}`,
      () => reference,
      // A URL and an e-mail address may hold more after their domain, and before it.
      (text: string) => text.replace(/\/?$/, `/${reference}/`),
    ].flatMap((change) => {
      const texts = textsIn(options);
      const all = texts.reduce<unknown>((changed, path) => withText(changed, path, change), options);
      const named = messageOf(all);
      // All are changed at once, which is quick. What the message does not name is changed alone.
      return texts.filter(
        (path) =>
          !named.includes(`- ${formatPath(path)}: `) &&
          messageOf(withText(options, path, change)) === 'no error',
      );
    }),
  );
  expect(accepted).toEqual([]);
});

test.each(['{{resolve:ssm:x}}', '${x}'])('no tag has %s in its key', (reference) => {
  expect(messageOf({ ...SMALLEST, tags: { [`team${reference}`]: '7' } })).toContain('is not a valid tag key');
});
