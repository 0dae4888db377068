import { type BaselineConfig, defineBaseline } from '../../../lib/config/config';
import { uninstallCommand } from '../../../lib/posture/commands/uninstall';
import { templatesOf } from '../../../lib/stacks/templates';
import { SMALLEST } from '../../smallest';

let deployed: object;

jest.mock<object>('../../../lib/stacks/templates', () => jest.requireActual('./templates-once'));
jest.mock('../../../lib/posture/collect/deployed-templates', () => ({
  readDeployedTemplates: () => Promise.resolve(deployed),
}));

const REGION = 'eu-central-1';
const CONFIG = defineBaseline(SMALLEST);
const printed = jest.spyOn(process.stdout, 'write').mockReturnValue(true);

beforeEach(() => {
  printed.mockClear();
});

afterAll(() => {
  printed.mockRestore();
});

/** What the plan says about the stacks of a configuration, if the account has these of them. */
async function planned(was: BaselineConfig, now = CONFIG, only = /./): Promise<string> {
  const stacks = templatesOf(was).filter(({ stackName }) => only.test(stackName));
  deployed = {
    templates: Object.fromEntries(stacks.map(({ stackName, template }) => [stackName, template])),
    physicalIds: new Map(),
    place: { region: REGION, account: '123456789012' },
  };
  const options = { config: '', color: false, quiet: true, region: REGION, deployed: true };
  expect(await uninstallCommand(options, now)).toBe(0);
  return printed.mock.calls.join('');
}

test('only what is deployed is counted', async () => {
  const text = await planned(CONFIG, CONFIG, /-(?:Access|Audit)$/);
  expect(text).toMatch(/^Nothing was removed\. This is what removing 2 stacks would do\.\n/);
  expect(text).not.toContain('aws cloudformation');
});

test('stacks that the configuration no longer has are deleted in their Regions, without protection', async () => {
  const was = defineBaseline({ ...SMALLEST, detectors: { guardDuty: true } });
  const notifications = { ...SMALLEST.notifications, rootNotice: false } as const;
  const text = await planned(was, defineBaseline({ ...SMALLEST, notifications }));
  const commands = [
    '--stack-name AccountBaseline-Detectors --region eu-central-1',
    '--stack-name AccountBaseline-RootNotice --region us-east-1',
  ].map(
    (stack) =>
      `    $ aws cloudformation update-termination-protection --no-enable-termination-protection ${stack} && aws cloudformation delete-stack ${stack}\n`,
  );
  expect(text).toContain(`    $ npx cdk destroy --all
  The configuration no longer has these stacks, so the CDK CLI does not delete them:
${commands.join('')}
`);
});
