import { existsSync } from 'node:fs';
import { DETECTIONS } from '../../lib/detections/rules';
import { titleOf } from '../../lib/detections/title';
import { alarmRunbook } from '../../scripts/docs/alarms';
import { anchor } from '../../scripts/docs/markdown';
import { rootUserTasks } from '../../scripts/docs/root-user-tasks';
import { eachOf } from '../each-of';

const text = alarmRunbook();
const headingsOf = (document: string): string[] =>
  // A line in a block of code is not a heading.
  [...document.replace(/^```[^]*?^```/gm, '').matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => heading);

describe('each detection', () => {
  const each = eachOf(DETECTIONS, ({ id }) => id);

  each('has a section', ({ id }) => {
    expect(text.split('\n')).toContain(`## ${titleOf(id)}`);
  });

  each('is said to be in files that exist', ({ id }) => {
    const name = anchor(titleOf(id));
    for (const file of [`lib/detections/rules/${name}.ts`, `test/detections/rules/${name}.examples.ts`]) {
      expect(text).toContain(`\`${file}\``);
      expect(existsSync(file)).toBe(true);
    }
  });

  // lib/notifications/explain-alarm.handler.ts makes the links of messages so, without the rest of GitHub's
  // rules.
  each('is where the link of a message leads', ({ id }) => {
    expect(titleOf(id).toLowerCase().replaceAll(' ', '-')).toBe(anchor(titleOf(id)));
  });
});

test('each heading has an anchor of its own', () => {
  const anchors = headingsOf(text).map(anchor);
  expect(new Set(anchors).size).toBe(anchors.length);
});

test.each([
  ['this page', /\]\(#([^)]*)\)/g, text],
  ['the tasks of root', /\]\(root-user-tasks\.md#([^)]*)\)/g, rootUserTasks()],
])('links to %s lead to headings that exist', (_, links, document) => {
  const targets = [...text.matchAll(links)].map(([, target]) => target);
  expect(targets).not.toEqual([]);
  expect(headingsOf(document).map(anchor)).toEqual(expect.arrayContaining(targets));
});
