import { titleOf } from '../lib/detections/title';
import { isTold, judge } from '../scripts/docs/silencing';
import { DeployedAccount } from '../scripts/docs/silencing/deployed';
import type { Happening } from '../scripts/docs/silencing/ways';
import { smallest } from '../scripts/docs/smallest';
import { positions } from '../scripts/docs/threats';
import { EXAMPLES } from './detections/examples';
import { eachOf } from './each-of';

const account = new DeployedAccount(smallest('standard'));
const all = positions(account);
const threats = all.flatMap(({ title, threats: own }) =>
  own.map((threat) => ({ position: title, ...threat })),
);

const judged = (title: string, happening: Happening) => judge(account, { title, happening, verify: [] });

eachOf(
  threats.flatMap(({ happening, ...threat }) => (happening ? [{ ...threat, happening }] : [])),
  ({ position, attack }) => `${position}: ${attack}`,
)('a call is reported or not, as the page says', ({ attack, outcome, happening }) => {
  expect(isTold(judged(attack, happening))).toBe(outcome === 'seen');
});

eachOf(
  threats.flatMap(({ shownBy, ...threat }) =>
    shownBy.flatMap(({ example }) => (example ? [{ ...threat, example }] : [])),
  ),
  ({ position, attack }) => `${position}: ${attack}`,
)('an alarm reports each example of a detection', ({ how, example: { detection, title } }) => {
  expect(how).toContain(titleOf(detection));
  const events = EXAMPLES[detection]?.matches.filter((example) => example.title === title) ?? [];
  expect(events).toHaveLength(1);
  for (const { event } of events) {
    const reported = { outcome: 'told', by: expect.arrayContaining([titleOf(detection)]) as unknown };
    expect(judged(title, { record: event }).alarm).toEqual(reported);
  }
});

test('the threat model has at least 60 attacks, each once in its position', () => {
  expect(threats.length).toBeGreaterThanOrEqual(60);
  for (const { threats: own } of all) {
    const attacks = own.map(({ attack }) => attack);
    expect(attacks.filter((attack, index) => attacks.indexOf(attack) !== index)).toEqual([]);
  }
});

test('only a silent attack is without a test, and it has a reason', () => {
  const unproven = threats.filter(({ outcome, how, shownBy }) =>
    outcome === 'silent' ? how === '' : shownBy.length === 0,
  );
  expect(unproven.map(({ attack }) => attack)).toEqual([]);
});
