import { recorded } from '../scripts/docs/hands';
import { UNTRIED } from '../scripts/hands/by-service/others';
import { HANDS } from '../scripts/hands/hand';
import { SILENT } from '../scripts/hands/silent';
import { ROWS } from '../scripts/hands/rows';
import { EVERYTHING } from './everything';
import { suiteTemplates } from './synth';

const typesOf = (options: typeof EVERYTHING) =>
  Object.values(suiteTemplates(options)).flatMap((template) =>
    Object.values((template.toJSON() as { Resources: Record<string, { Type: string }> }).Resources).map(
      ({ Type }) => Type,
    ),
  );

const { outcomes } = recorded();
const cellOf = ({ type, hand }: { readonly type: string; readonly hand: string }) => `${type} ${hand}`;

test('each type of the stacks has a row, or a reason why it is not tried', () => {
  const wanted = [...new Set(typesOf(EVERYTHING))].sort();
  const known = [...ROWS, ...UNTRIED].map(({ type }) => type);
  expect([...known].sort()).toEqual(wanted);
});

test('each hand was tried; if not, run `npm run hands`', () => {
  const wanted = ROWS.flatMap(({ type, hands }) =>
    HANDS.flatMap((hand) => ('act' in hands[hand] ? [cellOf({ type, hand })] : [])),
  );
  expect(outcomes.map(cellOf)).toEqual(wanted);
});

test('preflight or verify sees each hand, or a reason says why not', () => {
  const unseen = outcomes.filter(({ preflight, verify }) => preflight.length + verify.length === 0);
  expect(unseen.map(cellOf)).toEqual(Object.keys(SILENT));
});

test('preflight says of each resource that was deleted, that a deployment does not create it again', () => {
  const named = outcomes.filter(
    ({ hand, preflight }) => hand === 'deleted' && preflight.some(({ kind }) => kind === 'gone'),
  );
  const others = outcomes.filter((one) => one.hand === 'deleted' && !named.includes(one));
  // Parts of something that is still there.
  expect(others.map(({ type }) => type)).toEqual([
    'AWS::IAM::UserToGroupAddition',
    'AWS::IAM::Policy',
    'AWS::S3::BucketPolicy',
    'AWS::SNS::Subscription',
    'AWS::Lambda::EventInvokeConfig',
    'AWS::Lambda::Permission',
    'AWS::SecretsManager::Secret',
    'AWS::SecretsManager::ResourcePolicy',
  ]);
});

test('a deployment without a change touches nothing', () => {
  expect(outcomes.filter(({ again }) => again.length > 0)).toEqual([]);
});

test('every removal and every deployment after it succeeds', () => {
  expect(outcomes.filter(({ destroy, after }) => destroy.length + after.length > 0)).toEqual([]);
});

test('nothing is lost, and nobody gains rights but strangers in a group, whom preflight names before', () => {
  const harmed = outcomes.filter(({ harm }) => harm.length > 0);
  const texts = [...new Set(harmed.flatMap(({ harm }) => harm))];
  expect(texts.filter((text) => !text.startsWith('deployed with a change: allowed: intern '))).toEqual([]);
  for (const kind of ['changed', 'replaced']) {
    const group = outcomes.find(({ type, hand }) => type === 'AWS::IAM::Group' && hand === kind);
    expect(group?.preflight[0]?.text).toContain('It has the members intern');
  }
});
