import { type BaselineOptions, defineBaseline } from '../../lib/config/config';
import { collectSurroundings } from '../../lib/posture/collect/preflight';
import { collect } from '../../lib/posture/collect/verify';
import { EVERYTHING } from '../everything';
import { SMALLEST } from '../smallest';
import { suiteTemplates } from '../synth';
import { DeployedBaseline, type DeployedTemplate } from './deployed-baseline';

/** As many Regions as an account may well have, with the home Region. */
const REGIONS = ['us-east-1', ...Array.from({ length: 19 }, (_, index) => `region-${index + 1}`)];
const CALLER = { account: '123456789012', arn: 'arn:aws:iam::123456789012:user/alice', partition: 'aws' };

/** An account in which the baseline is deployed with these options. */
function deployedWith(options: Partial<BaselineOptions>) {
  const config = defineBaseline({ ...SMALLEST, ...options });
  const templates = Object.fromEntries(
    Object.entries(suiteTemplates(options)).map(([kind, template]) => [
      kind,
      template.toJSON() as DeployedTemplate,
    ]),
  );
  return { config, templates, clients: new DeployedBaseline(config, templates, REGIONS) };
}

/** No call is made twice, and as many are made as the budget says, or a few less. */
function expectBudget(calls: readonly string[], most: number): void {
  expect(calls.filter((call, index) => calls.indexOf(call) !== index)).toEqual([]);
  expect(calls.length).toBeLessThanOrEqual(most);
  // An answer that leads nowhere would make the number small.
  expect(calls.length).toBeGreaterThan(most - 20);
}

// Seven are for each Region: 140. Default networks, which are rarely changed, take two more: 40.
test.each([
  ['the defaults', {}, 250],
  ['every option', EVERYTHING, 355],
])('verify of %s in 20 Regions asks nothing twice, and stays in its budget', async (_, options, most) => {
  const { config, clients } = deployedWith(options);
  await collect(clients, CALLER, config, {});
  expectBudget(clients.calls, most);
});

// One is for each Region: 20.
test.each([
  ['the defaults', {}, 75],
  ['every option', EVERYTHING, 110],
])('preflight of %s in 20 Regions asks nothing twice, and stays in its budget', async (_, options, most) => {
  const { config, templates, clients } = deployedWith(options);
  await collectSurroundings(clients, CALLER, config, Object.values(templates));
  expectBudget(clients.calls, most);
});
