import { ROOT_TASKS } from '../../lib/catalog/root-tasks';
import { anchor } from '../../scripts/docs/markdown';
import { rootUserTasks } from '../../scripts/docs/root-user-tasks';
import { eachOf } from '../each-of';

const titles = ROOT_TASKS.map(({ title }) => title);

describe('the catalogue of root tasks', () => {
  test("has every task of AWS's list", () => {
    expect(ROOT_TASKS.map(({ id }) => id)).toEqual([
      'ChangeRootPassword',
      'DeleteRootAccessKeys',
      'ChangeRootMfa',
      'ChangeRootEmail',
      'RestoreAdministrator',
      'CloseAccount',
      'ActivateBillingAccess',
      'DownloadTaxInvoice',
      'SignUpForGovCloud',
      'RequestGovCloudRootKeys',
      'RegisterReservedInstanceSeller',
      'RecoverKmsKey',
      'LinkMechanicalTurk',
      'EnableMfaDelete',
      'UnlockBucketPolicy',
      'UnlockQueuePolicy',
    ]);
  });

  test('knows what these events by root are about', () => {
    const known = ROOT_TASKS.flatMap(({ events }) => events.map(({ source, name }) => `${source}:${name}`));
    const events = [
      'billingconsole:SetAccountPreferences',
      'billingconsole:CloseAccount',
      'billingconsole:SetIAMAccessPreference',
      'iam:ChangePassword',
      'iam:CreateAccessKey',
      'iam:EnableMFADevice',
      's3:PutBucketVersioning',
      's3:PutBucketPolicy',
      's3:DeleteBucketPolicy',
      'sqs:SetQueueAttributes',
      'taxconsole:DownloadTaxInvoice',
    ];
    expect(events.filter((event) => !known.includes(event))).toEqual([]);
  });

  test('gives each task a title of its own', () => {
    expect(new Set(titles).size).toBe(titles.length);
  });

  test('gives each title an anchor of its own', () => {
    expect(new Set(titles.map(anchor)).size).toBe(titles.length);
  });
});

describe('each task of root', () => {
  const each = eachOf(ROOT_TASKS, ({ id }) => id);

  each('has an id in PascalCase', (task) => {
    expect(task.id).toMatch(/^([A-Z][a-z]+)+$/);
  });

  each('has a title of 60 characters at most', (task) => {
    expect(task.title.length).toBeLessThanOrEqual(60);
  });

  each('says when it is needed', (task) => {
    expect(task.when).not.toBe('');
  });

  each('has two steps or more', (task) => {
    expect(task.steps.length).toBeGreaterThanOrEqual(2);
  });

  each('has something to check afterwards', (task) => {
    expect(task.after.length).toBeGreaterThanOrEqual(1);
  });

  each('says first whether a central root session can do it', (task) => {
    expect(task.centralSession).toMatch(/^(Yes|No|Partly)[.,:]/);
  });

  each('links to documentation of AWS', (task) => {
    expect(task.link).toMatch(/^https:\/\/docs\.aws\.amazon\.com\/\S+\.html(#\S+)?$/);
  });

  each('names events by service and operation', (task) => {
    for (const { source, name } of task.events) {
      expect(source).toMatch(/^[a-z][a-z0-9-]*$/);
      expect(name).toMatch(/^[A-Z][A-Za-z0-9]+$/);
    }
  });
});

describe('the runbook', () => {
  const text = rootUserTasks();

  test('has a section of each task to link to', () => {
    expect(text.split('\n')).toEqual(expect.arrayContaining(titles.map((title) => `## ${title}`)));
  });

  test('links within the page to headings that exist', () => {
    const headings = [...text.matchAll(/^##? (.*)$/gm)].map(([, heading]) => anchor(heading ?? ''));
    const links = [...text.matchAll(/\]\(#([^)]*)\)/g)].map(([, target]) => target);
    expect(headings).toEqual(expect.arrayContaining(links));
  });
});
