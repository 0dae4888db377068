import { FIELDS } from '../../scripts/docs/foreign-rules/events';
import { judge } from '../../scripts/docs/foreign-rules/judge';
import { REASONS } from '../../scripts/docs/foreign-rules/reasons';
import { COLLECTIONS, foreignRules } from '../../scripts/docs/foreign-rules/rules';

const rules = foreignRules();
const outcomes = new Map(rules.flatMap((rule) => rule.outcomes).map((one) => [one.event, one]));

test('the rules of each collection are there', () => {
  const sizes = Object.keys(COLLECTIONS).map(
    (name) => rules.filter(({ collection }) => collection === name).length,
  );
  expect(sizes).toEqual([57, 194, 86]);
});

test('each event of the rules triggers, counts, or does neither as the page says', () => {
  const wrong = [...outcomes.values()].flatMap((outcome) => {
    const { triggered, counted } = judge(outcome.event);
    const isTrue =
      'triggers' in outcome
        ? triggered.includes(outcome.triggers)
        : triggered.length === 0 &&
          ('counts' in outcome ? counted.includes(outcome.counts) : counted.length === 0);
    return isTrue ? [] : [{ ...outcome, triggered, counted }];
  });
  expect(wrong).toEqual([]);
});

test('every reason and every special event is used', () => {
  const reasons = rules.flatMap(({ reason, outcomes: own }) => [
    reason,
    ...own.map((one) => ('because' in one ? one.because : undefined)),
  ]);
  expect(Object.keys(REASONS).filter((one) => !reasons.some((reason) => reason === one))).toEqual([]);
  expect(Object.keys(FIELDS).filter((event) => !outcomes.has(event))).toEqual([]);
});

test('a rule has events, or a reason for having none', () => {
  expect(rules.filter(({ reason, outcomes: own }) => (reason === undefined) === (own.length === 0))).toEqual(
    [],
  );
});
