import { readdirSync } from 'node:fs';
import { judgements } from '../../scripts/docs/recordings/judge';
import { TECHNIQUES } from '../../scripts/docs/recordings/techniques';
import { matcher } from '../../emulator/filter-pattern';
import { AlarmTiming } from '../../scripts/docs/noise/alarm-timing';
import { eachOf } from '../each-of';
import { deployedAlarms, deployedFilters } from './deployed-filters';

const FOLDER = 'scripts/docs/recordings';

const all = judgements();
const filters = deployedFilters().map(({ detection, pattern }) => ({ detection, counts: matcher(pattern) }));
const timing = new AlarmTiming(deployedFilters(), deployedAlarms());

const idsOf = (detections: readonly { readonly id: string }[]): string[] => detections.map(({ id }) => id);

/** Metrics of the alarms that send a message when the events of a recording arrive. */
function told({ events }: (typeof all)[number]): string[] {
  const [start = 0] = events.map(({ eventTime }) => Date.parse(String(eventTime)));
  const arrivals = events.map((event) => ({
    at: (Date.parse(String(event.eventTime)) - start) / 1000,
    counts: timing.counts(event),
  }));
  return [...new Set(timing.messages(arrivals).map(({ metric }) => metric))].sort();
}

describe('each recording', () => {
  const each = eachOf(all, ({ technique }) => technique);

  each('triggers what is meant for it, or nothing', ({ treatment, triggered }) => {
    if ('silent' in treatment) {
      expect(idsOf(triggered)).toEqual([]);
      expect(treatment.silent).toMatch(/^[A-Z].*\.$/);
    } else {
      expect(idsOf(triggered)).toContain(treatment.detection);
    }
  });

  each('sends messages of the alarms in the table, and no others', (recording) => {
    expect(told(recording)).toEqual([...new Set(recording.triggered.map(({ signal }) => signal.id))].sort());
  });

  // The table evaluates the catalogue; what is deployed must count the same records.
  each('is counted alike by the deployed filters', ({ events, triggered }) => {
    const counted = filters.filter(({ counts }) => events.some(counts)).map(({ detection }) => detection);
    expect(counted).toEqual(expect.arrayContaining(idsOf(triggered)));
  });
});

test('at least 27 of the 35 recordings trigger an alarm, 10 with the filters of CIS alone', () => {
  expect(all).toHaveLength(35);
  expect(all.filter(({ triggered }) => triggered.length > 0).length).toBeGreaterThanOrEqual(27);
  expect(all.filter(({ cis }) => cis.length > 0)).toHaveLength(10);
});

describe('the files', () => {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));

  test('are those of the techniques', () => {
    expect(files.map((name) => name.replace('.json', ''))).toEqual(Object.keys(TECHNIQUES).sort());
  });

  test('name nobody: one account and others, one address, and examples of keys', () => {
    const text = JSON.stringify(all.map(({ events }) => events));
    const found = (pattern: RegExp) => [...new Set([...text.matchAll(pattern)].map(([one]) => one))].sort();
    expect(found(/(?<![\d.])\d{12}(?!\d)/g)).toEqual(['123456789012', '210987654321']);
    expect(found(/\b\d+\.\d+\.\d+\.\d+\b/g)).toEqual(['0.0.0.0', '198.51.100.7']);
    expect(found(/\bA[KS]IA\w{16}/g)).toEqual(['AKIAIOSFODNN7EXAMPLE', 'ASIAIOSFODNN7EXAMPLE']);
    expect(found(/[\w.]+@[\w.]+/g)).toEqual(['alice@example.com']);
  });
});
