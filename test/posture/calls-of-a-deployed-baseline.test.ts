import { type BaselineOptions, defineBaseline } from '../../lib/config/config';
import { collect } from '../../lib/posture/collect/verify';
import { EVERYTHING } from '../everything';
import { SMALLEST } from '../smallest';
import { suiteTemplates } from '../synth';
import { DeployedBaseline, type DeployedTemplate } from './deployed-baseline';

/** As many Regions as an account may well have. */
const REGIONS = Array.from({ length: 20 }, (_, index) => `region-${index + 1}`);
const CALLER = { account: '123456789012', arn: 'arn:aws:iam::123456789012:user/alice', partition: 'aws' };

/** The calls that `verify` makes in an account in which the baseline is deployed with these options. */
async function callsWith(options: Partial<BaselineOptions>): Promise<readonly string[]> {
  const config = defineBaseline({ ...SMALLEST, ...options });
  const templates = Object.fromEntries(
    Object.entries(suiteTemplates(options)).map(([kind, template]) => [
      kind,
      template.toJSON() as DeployedTemplate,
    ]),
  );
  const clients = new DeployedBaseline(config, templates, REGIONS);
  await collect(clients, CALLER, config, {});
  return clients.calls;
}

// Seven are for each Region: 140.
test.each([
  ['the defaults', {}, 250],
  ['every option', EVERYTHING, 300],
])('verify of %s in 20 Regions asks nothing twice, and stays in its budget', async (_, options, most) => {
  const calls = await callsWith(options);
  expect(calls.filter((call, index) => calls.indexOf(call) !== index)).toEqual([]);
  expect(calls.length).toBeLessThanOrEqual(most);
  // An answer that leads nowhere would make the number small.
  expect(calls.length).toBeGreaterThan(most - 20);
});
