import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SIGNALS } from '../lib/detections/signals';
import { fromAnswers, isSo, minutesAfter } from '../scripts/live/person';
import { BY_PERSON, NOT_PROVOKED, PROVOCATIONS } from '../scripts/live/provocations';
import { runSteps } from '../scripts/live/run';
import { differences } from '../scripts/live/snapshot';
import { type State, StateFile } from '../scripts/live/state';
import { type Live, observe, type Observation, type Step } from '../scripts/live/step';
import { STEPS } from '../scripts/live/steps';
import { OPEN_QUESTIONS } from '../scripts/live/unproven';
import { eachOf } from './each-of';

/** A document in one line of text. */
const textOf = (path: string) => readFileSync(path, 'utf8').replace(/\s+/g, ' ').replaceAll("'", '’');

describe('the afternoon', () => {
  test('has each step once, and takes less than two hours', () => {
    expect(new Set(STEPS.map(({ id }) => id)).size).toBe(STEPS.length);
    expect(STEPS.reduce((sum, { minutes }) => sum + minutes, 0)).toBeLessThan(120);
  });

  test('provokes each signal, or says why not', () => {
    const provoked = PROVOCATIONS.flatMap(({ signals }) => signals);
    const all = [...provoked, ...Object.keys(BY_PERSON), ...Object.keys(NOT_PROVOKED)];
    expect(all.sort()).toEqual(SIGNALS.map(({ id }) => id).sort());
  });
});

describe('an open question', () => {
  eachOf(
    OPEN_QUESTIONS.flatMap(({ id, said }) => said.map((one) => ({ id, ...one }))),
    ({ id, in: document, words }) => `${id} in ${document}: ${words}`,
  )('is one by the words of a document', ({ in: document, words }) => {
    expect(textOf(document)).toContain(words.replaceAll("'", '’'));
  });

  test('is answered by a step, or says why none can', () => {
    const steps = STEPS.map(({ id }) => id);
    const unknown = OPEN_QUESTIONS.filter(({ by }) => 'step' in by && !steps.includes(by.step));
    expect(unknown).toEqual([]);
  });

  test('is each sentence that says that something was not proven, verified, or tried', () => {
    // 165 is about this test.
    const decisions = readdirSync('docs/decisions')
      .filter((file) => !file.startsWith('165'))
      .map((file) => `docs/decisions/${file}`);
    const documents = ['SECURITY.md', 'docs/proof.md', ...decisions];
    const sentences = documents.flatMap((document) =>
      textOf(document)
        .split(/(?<=[.:]\**) /)
        .filter((sentence) => /\bnot (?:proven|verified|tried)\b|\bnot deployed into\b/i.test(sentence))
        .map((sentence) => ({ document, sentence })),
    );
    const words = OPEN_QUESTIONS.flatMap(({ said }) => said.map((one) => one.words.replaceAll("'", '’')));
    const answered = ({ sentence }: { sentence: string }) =>
      words.some((some) => sentence.includes(some) || some.startsWith(sentence.replace(/[.:]\**$/, '')));
    expect(sentences.length).toBeGreaterThan(2);
    expect(sentences.filter((one) => !answered(one))).toEqual([]);
  });
});

describe('the time of a mail', () => {
  const since = new Date(2026, 10, 29, 14, 1, 30);

  test.each([
    ['4', 4],
    ['0.5', 0.5],
    ['14:05', 3.5],
    ['14:05:15', 3.8],
    // A mail shows minutes, and seems to arrive before the event.
    ['14:01', 0],
    ['00:01', 599.5],
    ['no', undefined],
    ['25:00', undefined],
    ['14:61', undefined],
  ])('%s is %s minutes after 14:01:30', (answer, minutes) => {
    expect(minutesAfter(since, answer)).toBe(minutes);
  });
});

describe('an answer', () => {
  test.each([
    ['y', { what: 'It works', outcome: 'expected' }],
    ['Yes', { what: 'It works', outcome: 'expected' }],
    ['-', { what: 'It works', outcome: 'unanswered' }],
    ['', { what: 'It works', outcome: 'unanswered' }],
    ['an error', { what: 'It works', outcome: 'unexpected', detail: 'an error' }],
  ])('"%s" is an observation', async (answer, observation) => {
    expect(
      await isSo(
        fromAnswers({ q: answer }, () => undefined),
        'q',
        'It works',
      ),
    ).toEqual(observation);
  });

  test('that a rehearsal does not have ends it', async () => {
    await expect(
      isSo(
        fromAnswers({}, () => undefined),
        'q',
        'It works',
      ),
    ).rejects.toThrow('has none to q');
  });
});

test('a call that fails is an observation, and answers nothing', async () => {
  const observation = await observe('It works', () => Promise.reject(new Error('denied')), ['permissions']);
  expect(observation).toEqual({
    what: 'It works',
    outcome: 'unanswered',
    detail: 'denied',
    answers: ['permissions'],
  });
});

describe('the difference between before and after', () => {
  test.each<[string, unknown, unknown, unknown[]]>([
    ['nothing', { a: [1], b: { c: 1 } }, { a: [1], b: { c: 1 } }, []],
    ['a new item', { users: ['a'] }, { users: ['a', 'b'] }, [{ where: 'users', added: 'b' }]],
    ['an item that is gone', { users: ['a'] }, { users: [] }, [{ where: 'users', removed: 'a' }]],
    ['another value', { b: { c: 1 } }, { b: { c: 2 } }, [{ where: 'b.c', added: 2, removed: 1 }]],
    [
      'a value that was not there',
      { b: {} },
      { b: { c: false } },
      [{ where: 'b.c', added: false, removed: undefined }],
    ],
    [
      'what cannot be read any more',
      { b: { value: 1 } },
      { b: { unknown: 'x' } },
      [
        { where: 'b.value', added: undefined, removed: 1 },
        { where: 'b.unknown', added: 'x', removed: undefined },
      ],
    ],
  ])('is %s', (_, before, after, expected) => {
    expect(differences(before, after)).toEqual(expected);
  });
});

describe('a run', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'live-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const started: State = { account: '1', region: 'r', config: '{}', startedAt: 'now', steps: {}, memory: {} };
  // The steps of these tests use nothing of it but `say`.
  const live = { say: () => undefined } as unknown as Live;
  const step = (id: string, run: () => Promise<Observation[]>, isEssential = false): Step => ({
    id,
    title: id,
    minutes: 1,
    isEssential,
    run,
  });
  const fine: Observation = { what: 'It works', outcome: 'expected' };
  const wrong: Observation = { what: 'It works', outcome: 'unexpected' };

  /** Runs the steps from the state in the folder, as a new process does. */
  async function run(steps: readonly Step[]): Promise<{ isComplete: boolean; steps: string[] }> {
    const file = new StateFile(folder);
    const state = file.read() ?? structuredClone(started);
    const isComplete = await runSteps(steps, live, state, file);
    return { isComplete, steps: Object.keys(file.read()?.steps ?? {}) };
  }

  test('goes on with the step that was interrupted, and repeats none', async () => {
    const first = jest.fn(() => Promise.resolve([fine]));
    const second = jest.fn(() => Promise.resolve([wrong])).mockRejectedValueOnce(new Error('interrupted'));
    const steps = [step('first', first), step('second', second)];
    await expect(run(steps)).rejects.toThrow('interrupted');
    expect(await run(steps)).toEqual({ isComplete: true, steps: ['first', 'second'] });
    expect([first.mock.calls.length, second.mock.calls.length]).toEqual([1, 2]);
  });

  test('ends at an essential step that fails, and tries it again', async () => {
    const essential = jest.fn(() => Promise.resolve([fine])).mockResolvedValueOnce([wrong]);
    const next = jest.fn(() => Promise.resolve([fine]));
    const steps = [step('essential', essential, true), step('next', next)];
    expect(await run(steps)).toEqual({ isComplete: false, steps: [] });
    expect(next).not.toHaveBeenCalled();
    expect(await run(steps)).toEqual({ isComplete: true, steps: ['essential', 'next'] });
  });

  test('leaves no half-written state', async () => {
    await run([step('first', () => Promise.resolve([fine]))]);
    expect(readdirSync(folder)).toEqual(['state.json']);
  });
});
