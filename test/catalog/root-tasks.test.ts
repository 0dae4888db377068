import { ROOT_TASKS } from '../../lib/catalog/root-tasks';
import { anchor } from '../../scripts/docs/markdown';
import { rootUserTasks } from '../../scripts/docs/root-user-tasks';

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

  test.each([
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
  ])('knows what %s by root is about', (event) => {
    const known = ROOT_TASKS.flatMap(({ events }) => events.map(({ source, name }) => `${source}:${name}`));
    expect(known).toContain(event);
  });

  test('gives each task a title of its own', () => {
    expect(new Set(titles).size).toBe(titles.length);
  });

  test('gives each title an anchor of its own', () => {
    expect(new Set(titles.map(anchor)).size).toBe(titles.length);
  });
});

describe.each(ROOT_TASKS)('$id', (task) => {
  test('has an id in PascalCase', () => {
    expect(task.id).toMatch(/^([A-Z][a-z]+)+$/);
  });

  test('has a title of 60 characters at most', () => {
    expect(task.title.length).toBeLessThanOrEqual(60);
  });

  test('says when it is needed', () => {
    expect(task.when).not.toBe('');
  });

  test('has two steps or more', () => {
    expect(task.steps.length).toBeGreaterThanOrEqual(2);
  });

  test('has something to check afterwards', () => {
    expect(task.after.length).toBeGreaterThanOrEqual(1);
  });

  test('says first whether a central root session can do it', () => {
    expect(task.centralSession).toMatch(/^(Yes|No|Partly)[.,:]/);
  });

  test('links to documentation of AWS', () => {
    expect(task.link).toMatch(/^https:\/\/docs\.aws\.amazon\.com\/\S+\.html(#\S+)?$/);
  });

  test('names events by service and operation', () => {
    for (const { source, name } of task.events) {
      expect(source).toMatch(/^[a-z][a-z0-9-]*$/);
      expect(name).toMatch(/^[A-Z][A-Za-z0-9]+$/);
    }
  });
});

describe('the runbook', () => {
  const text = rootUserTasks();

  test.each(titles)('has a section to link to: %s', (title) => {
    expect(text.split('\n')).toContain(`## ${title}`);
  });

  test('links within the page to headings that exist', () => {
    const headings = [...text.matchAll(/^##? (.*)$/gm)].map(([, heading]) => anchor(heading ?? ''));
    const links = [...text.matchAll(/\]\(#([^)]*)\)/g)].map(([, target]) => target);
    expect(headings).toEqual(expect.arrayContaining(links));
  });
});
