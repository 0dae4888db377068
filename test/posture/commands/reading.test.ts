import { STSClient } from '@aws-sdk/client-sts';
import { defineBaseline } from '../../../lib/config/config';
import type { Options } from '../../../lib/posture/commands/options';
import { reading } from '../../../lib/posture/commands/reading';
import { SMALLEST } from '../../smallest';

const CONFIG = defineBaseline(SMALLEST);
const CONFIGURED = defineBaseline({ ...SMALLEST, region: 'eu-north-1' });
const { AWS_REGION } = process.env;

beforeEach(() => {
  process.env['AWS_REGION'] = 'eu-west-1';
});

afterAll(() => {
  if (AWS_REGION === undefined) delete process.env['AWS_REGION'];
  else process.env['AWS_REGION'] = AWS_REGION;
});

const regionWith = (region: string | undefined, config = CONFIG) => {
  const options: Options = { config: '', color: false, quiet: true, region };
  return reading(options, config, (clients) => clients.get(STSClient).config.region());
};

test('the Region is that of the option, of the configuration, or of the environment', async () => {
  expect(await regionWith('eu-south-1', CONFIGURED)).toBe('eu-south-1');
  expect(await regionWith(undefined, CONFIGURED)).toBe('eu-north-1');
  expect(await regionWith(undefined)).toBe('eu-west-1');
});

test('a mistyped Region is answered with the one that is meant, and AWS is not asked', async () => {
  const read = jest.fn();
  const options: Options = { config: '', color: false, region: 'eu-cental-1' };
  await expect(reading(options, CONFIG, read)).rejects.toThrow(
    'eu-cental-1 is not a known Region; did you mean eu-central-1?',
  );
  expect(read).not.toHaveBeenCalled();
});
