import { architecture } from '../../../lib/posture/report/architecture';
import { POSTURE } from '../posture';

const { boxes, arrows, box, width, height } = architecture(POSTURE.findings);

test('each part of the diagram has its place in a grid, and the most urgent status of its area', () => {
  expect(boxes.map(({ id, x, y, status }) => [id, x, y, status])).toEqual([
    ['root', 12, 12, 'manual'],
    ['people', 12, 128, 'fail'],
    ['password', 12, 244, 'pass'],
    ['trail', 212, 12, 'unknown'],
    ['logs', 212, 128, 'unknown'],
    ['settings', 212, 244, 'fail'],
    ['bucket', 412, 12, 'unknown'],
    ['alarms', 412, 128, 'fail'],
    ['budget', 412, 244, 'manual'],
    ['function', 612, 128, 'manual'],
    ['topic', 812, 128, 'manual'],
    ['mailbox', 812, 244, undefined],
  ]);
  expect({ box, width, height }).toEqual({ box: { width: 160, height: 64 }, width: 984, height: 320 });
});

test('arrows lead from edge to edge, with a corner where neither row nor column is the same', () => {
  expect(arrows).toEqual([
    'M172 44H212',
    'M172 160H192V44H212',
    'M92 244V192',
    'M372 44H412',
    'M292 76V128',
    'M372 160H412',
    'M572 160H612',
    'M772 160H812',
    'M572 276H792V160H812',
    'M892 192V244',
  ]);
});

test('without findings, no part has a status', () => {
  expect(architecture([]).boxes.filter(({ status }) => status !== undefined)).toEqual([]);
});
