import { recorded } from '../../scripts/docs/hands';
import type { Outcome } from '../../scripts/hands/outcome';
import { batchesOf, CELLS, tryBatches } from '../../scripts/hands/run';

jest.setTimeout(600_000);

/** What takes away access, the trail, and the alarms; `npm run hands` tries the rest. */
const DECISIVE = ['AWS::IAM::Group', 'AWS::CloudTrail::Trail', 'AWS::SNS::Topic'];

const cells = CELLS.filter(({ row: { type } }) => DECISIVE.includes(type));

test('hands on access, trail and alarms have the outcomes that docs/hands.md shows', async () => {
  const found: Outcome[] = [];
  await tryBatches(batchesOf(cells), (outcome) => found.push(outcome));
  const expected = recorded().outcomes.filter(({ type }) => DECISIVE.includes(type));
  // Not what the others in the same account made of it.
  const alone = ({ type, hand, preflight, verify, again, change, destroy, after }: Outcome) => ({
    type,
    hand,
    preflight,
    verify,
    again,
    change,
    destroy,
    after,
  });
  const sorted = (outcomes: readonly Outcome[]) =>
    outcomes
      .map(alone)
      .sort((one, other) => `${one.type} ${one.hand}`.localeCompare(`${other.type} ${other.hand}`));
  expect(sorted(found)).toEqual(sorted(expected));
});
