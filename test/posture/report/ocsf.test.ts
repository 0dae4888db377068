import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import { render } from '../../../lib/posture/report';
import { HOSTILE_POSTURE, POSTURE } from '../posture';

const valid = new Ajv2020({ strict: false, allErrors: true }).compile(
  JSON.parse(readFileSync(join(__dirname, 'ocsf-compliance-finding.schema.json'), 'utf8')) as object,
);

interface Event {
  readonly compliance: { readonly status_id: number; readonly standards: readonly string[] };
  readonly finding_info: { readonly uid: string };
  readonly time: number;
}

const events = (posture = POSTURE) => JSON.parse(render(posture, 'ocsf')) as Event[];

test.each(Object.entries({ POSTURE, HOSTILE_POSTURE }))(
  'each finding of %s is an event that keeps to the schema',
  (_, posture) => {
    expect(events(posture)).toHaveLength(posture.findings.length);
    for (const event of events(posture)) {
      valid(event);
      expect(valid.errors).toBeNull();
    }
  },
);

test('the schema would refuse an event without its cloud, and a field that it does not know', () => {
  const [event] = events();
  expect(valid({ ...event, cloud: undefined })).toBe(false);
  expect(valid({ ...event, score: 1 })).toBe(false);
});

test.each([
  ['pass', 1],
  ['manual', 2],
  ['fail', 3],
  ['unknown', 0],
] as const)('%s has the compliance status %d', (status, id) => {
  const expected = POSTURE.findings.filter((finding) => finding.status === status).length;
  expect(events().filter(({ compliance }) => compliance.status_id === id)).toHaveLength(expected);
});

test('a finding keeps its id in the next run', () => {
  const ids = (at: string) => events({ ...POSTURE, at }).map(({ finding_info }) => finding_info.uid);
  expect(new Set(ids(POSTURE.at)).size).toBe(POSTURE.findings.length);
  expect(ids('2027-01-01T00:00:00.000Z')).toEqual(ids(POSTURE.at));
});

test('the time is that of the run, in milliseconds, and standards are named once', () => {
  expect(events()[0]).toMatchObject({
    time: Date.UTC(2026, 10, 24, 11, 2, 31),
    compliance: { control: 'root-mfa', standards: ['CIS', 'SSB'] },
  });
});

test('an account has its name, if it is known', () => {
  const accountOf = (posture: typeof POSTURE) => {
    const [event] = JSON.parse(render(posture, 'ocsf')) as { cloud: { account: object } }[];
    return event?.cloud.account;
  };
  expect(accountOf({ ...POSTURE, accountName: 'production' })).toMatchObject({ name: 'production' });
  expect(accountOf({ ...POSTURE, accountName: undefined })).not.toHaveProperty('name');
});
