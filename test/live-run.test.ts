import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SIGNALS } from '../lib/detections/signals';
import { fromAnswers, isSo, minutesAfter } from '../scripts/live/person';
import { BY_PERSON, NOT_PROVOKED, PROVOCATIONS } from '../scripts/live/provocations';
import { writeReport } from '../scripts/live/report';
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
    const under = (folder: string, ending: string) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith(ending))
        .map((file) => join(folder, file));
    // 165 is about this test, and the hands are those of an emulated account.
    const documents = ['README.md', 'SECURITY.md', 'emulator/README.md', ...under('docs', '.md')]
      .filter((file) => !/^docs\/(?:decisions\/165-live|hands)\.md$/.test(file))
      .map((document) => ({ document, text: textOf(document) }));
    const comments = ['lib', 'bin']
      .flatMap((folder) => under(folder, 'ts'))
      .map((document) => ({
        document,
        text: (readFileSync(document, 'utf8').match(/\/\*[\s\S]*?\*\/|\/\/.*/g) ?? [])
          .map((comment) => comment.replace(/\n\s*\*?\s*/g, ' '))
          .join('. '),
      }));
    /** Documents a field of the catalog, whose values are in the documents. */
    const FIELD = 'What could not be verified';
    const isOpen =
      /\b(?:not|never)(?: \w+)? (?:proven|provable|verified|tried|measured)\b|\b(?:not|never) deployed into\b/i;
    const sentences = [...documents, ...comments].flatMap(({ document, text }) =>
      text
        .split(/(?<=[.:]\**) | \| /)
        .filter((sentence) => isOpen.test(sentence) && !sentence.includes(FIELD))
        .map((sentence) => ({ document, sentence })),
    );
    const said = OPEN_QUESTIONS.flatMap((one) => one.said);
    const answered = ({ document, sentence }: (typeof sentences)[number]) =>
      said
        .filter((one) => one.in === document)
        .map(({ words }) => words.replaceAll("'", '’'))
        .some((words) => sentence.includes(words) || words.startsWith(sentence.replace(/[.:]\**$/, '')));
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
    onFailure = '';
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const started: State = {
    account: '1',
    region: 'r',
    config: '{}',
    startedAt: 'now',
    steps: {},
    failed: [],
    memory: {},
  };
  /** What the person says when a step fails. */
  let onFailure = '';
  // The steps of these tests use nothing else of it.
  const live = {
    say: () => undefined,
    person: { ask: () => Promise.resolve(onFailure) },
  } as unknown as Live;
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

  test('goes on without a step that fails, if the person says so, and never without an essential one', async () => {
    const fails = () => Promise.reject(new Error('no JSON'));
    const steps = [step('fails', fails), step('next', () => Promise.resolve([fine]))];
    await expect(run(steps)).rejects.toThrow('no JSON');
    onFailure = 'skip';
    expect(await run(steps)).toEqual({ isComplete: true, steps: ['fails', 'next'] });
    expect(new StateFile(folder).read()?.steps['fails']?.observations).toEqual([
      { what: 'fails', outcome: 'unanswered', detail: 'no JSON' },
    ]);
    await expect(run([step('essential', fails, true)])).rejects.toThrow('no JSON');
  });

  test('reports also what was unexpected before a step was tried again', async () => {
    const essential = jest.fn(() => Promise.resolve([fine])).mockResolvedValueOnce([fine, wrong]);
    const steps = [step('essential', essential, true)];
    await run(steps);
    await run(steps);
    const state = new StateFile(folder).read() ?? started;
    writeReport(folder, steps, state, { commit: undefined, version: '0', isComplete: true });
    expect(readFileSync(join(folder, 'report.md'), 'utf8')).toContain('## Unexpected: 1\n\n- It works\n');
  });

  test('of a removal that was interrupted deploys nothing again', async () => {
    const remove = STEPS.filter(({ id }) => id === 'remove');
    const memory = new Map<string, unknown>([['kept', []]]);
    const commands: string[] = [];
    let fails = ['destroy'];
    const cdk = ([command = '']: readonly string[]) => {
      commands.push(command);
      return Promise.resolve({ code: fails.includes(command) ? 1 : 0, output: '', minutes: 1 });
    };
    Object.assign(live, {
      programs: { cdk },
      recall: (key: string) => memory.get(key),
      remember: (key: string, value: unknown) => memory.set(key, value),
    });
    expect(await run(remove)).toEqual({ isComplete: false, steps: [] });
    fails = [];
    expect(await run(remove)).toEqual({ isComplete: true, steps: ['remove'] });
    expect(commands).toEqual(['deploy', 'destroy', 'destroy']);
  });

  test('of an update to fail that was interrupted compares with what was before the first try', async () => {
    const rollBack = STEPS.filter(({ id }) => id === 'roll-back');
    const memory = new Map<string, unknown>();
    const lengths = [15, 16];
    const send = () => Promise.resolve({ PasswordPolicy: { MinimumPasswordLength: lengths.shift() } });
    const cdk = jest.fn(() => Promise.resolve({ code: 1, output: '', minutes: 1 }));
    cdk.mockRejectedValueOnce(new Error('interrupted'));
    Object.assign(live, {
      config: { stackName: 'AccountBaseline', passwordPolicy: { minimumLength: 15 } },
      clients: { get: () => ({ send }) },
      programs: { cdk },
      recall: (key: string) => memory.get(key),
      remember: (key: string, value: unknown) => memory.set(key, value),
    });
    await expect(run(rollBack)).rejects.toThrow('interrupted');
    await run(rollBack);
    expect(new StateFile(folder).read()?.steps['roll-back']?.observations[1]).toMatchObject({
      outcome: 'unexpected',
      detail: '16 characters',
    });
  });

  test('ends with a report of which every change is noticed, and which the person can sign', () => {
    writeReport(folder, [], started, { commit: undefined, version: '0', isComplete: true });
    const sh = (command: string) =>
      spawnSync('sh', ['-c', command], { cwd: folder, encoding: 'utf8' }).status;
    const check = 'sha256sum --check SHA256SUMS';
    const makeKey = "ssh-keygen -q -t ed25519 -N '' -f key";
    const sign = 'ssh-keygen -Y sign -f key -n aws-account-baseline SHA256SUMS';
    const verify = 'ssh-keygen -Y check-novalidate -n aws-account-baseline -s SHA256SUMS.sig < SHA256SUMS';
    const guide = readFileSync('docs/live.md', 'utf8').replaceAll('~/.ssh/id_ed25519', 'key');
    for (const command of [check, sign, verify]) expect(guide).toContain(command);
    for (const command of [check, makeKey, sign, verify]) expect(sh(command)).toBe(0);
    for (const name of ['report.md', 'report.json']) {
      const path = join(folder, name);
      const text = readFileSync(path, 'utf8');
      writeFileSync(path, `${text} `);
      expect(sh(check)).not.toBe(0);
      writeFileSync(path, text);
    }
    expect(sh(check)).toBe(0);
    appendFileSync(join(folder, 'SHA256SUMS'), '\n');
    expect(sh(verify)).not.toBe(0);
  });

  test('leaves no half-written state', async () => {
    await run([step('first', () => Promise.resolve([fine]))]);
    expect(readdirSync(folder)).toEqual(['state.json']);
  });
});
