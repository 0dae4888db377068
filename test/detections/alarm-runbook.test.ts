import { existsSync } from 'node:fs';
import { DETECTIONS } from '../../lib/detections/rules';
import { titleOf } from '../../lib/detections/title';
import { alarmRunbook } from '../../scripts/docs/alarms';
import { anchor } from '../../scripts/docs/markdown';
import { rootUserTasks } from '../../scripts/docs/root-user-tasks';

const text = alarmRunbook();
const headingsOf = (document: string): string[] =>
  // A line in a block of code is no heading.
  [...document.replace(/^```[^]*?^```/gm, '').matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => heading);

describe.each(DETECTIONS)('$id', ({ id }) => {
  const title = titleOf(id);

  test('has a section', () => {
    expect(text.split('\n')).toContain(`## ${title}`);
  });

  test.each(['lib/detections/rules/$.ts', 'test/detections/rules/$.examples.ts'])(
    'is said to be in %s, which exists',
    (path) => {
      const file = path.replace('$', anchor(title));
      expect(text).toContain(`\`${file}\``);
      expect(existsSync(file)).toBe(true);
    },
  );

  // lib/notifications/explain-alarm.handler.ts makes the links of messages so, without the rest of GitHub's
  // rules.
  test('is where the link of a message leads', () => {
    expect(title.toLowerCase().replaceAll(' ', '-')).toBe(anchor(title));
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
