import { isTold, judge } from '../scripts/docs/silencing';
import { DeployedAccount } from '../scripts/docs/silencing/deployed';
import { smallest } from '../scripts/docs/smallest';
import { positions } from '../scripts/docs/threats';

const account = new DeployedAccount(smallest('standard'));
const all = positions(account);
const threats = all.flatMap((position) => position.threats);

describe('a call is reported or not, as the page says:', () => {
  const withCalls = all.filter((position) => position.threats.some(({ happening }) => happening));

  describe.each(withCalls)('$title', ({ threats: own }) => {
    const calls = own.flatMap(({ attack, outcome, happening }) =>
      happening ? [{ attack, outcome, happening }] : [],
    );

    test.each(calls)('$attack', ({ attack, outcome, happening }) => {
      expect(isTold(judge(account, { title: attack, happening, verify: [] }))).toBe(outcome === 'seen');
    });
  });
});

test('the threat model has at least 60 attacks, each once in its position', () => {
  expect(threats.length).toBeGreaterThanOrEqual(60);
  for (const { threats: own } of all) {
    const attacks = own.map(({ attack }) => attack);
    expect(attacks.filter((attack, index) => attacks.indexOf(attack) !== index)).toEqual([]);
  }
});

test('only a silent attack is without a test', () => {
  const unproven = threats.filter(({ outcome, shownBy }) => outcome !== 'silent' && shownBy.length === 0);
  expect(unproven.map(({ attack }) => attack)).toEqual([]);
});
