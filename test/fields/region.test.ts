import { RegionInfo } from 'aws-cdk-lib/region-info';
import { REGIONS } from '../../lib/fields/regions';
import { accept, check, type Row } from '../config/rows';

test('the known Regions are those that aws-cdk-lib knows', () => {
  expect(REGIONS).toEqual(RegionInfo.regions.map(({ name }) => name));
});

describe('a Region is accepted:', () => {
  accept(REGIONS.map((region) => [region, { region }]));
});

describe('a Region that may be new is accepted:', () => {
  accept(
    [
      'eu-central-3',
      'ap-southeast-8',
      'us-west-3',
      'ca-east-1',
      'sa-west-1',
      'nz-north-1',
      'us-gov-central-1',
    ].map((region) => [region, { region, accountSettings: { regions: [region] } }]),
  );
});

describe('a mistake is refused:', () => {
  const FORM = 'must be a Region such as us-east-1';

  check([
    ...(
      [
        ['us-esat-1', 'us-east-1'],
        ['us-est-1', 'us-east-1'],
        ['eu-central-9', 'eu-central-1'],
        ['us-east-0', 'us-east-1'],
        ['ap-northest-1', 'ap-northeast-1'],
        ['ue-west-1', 'me-west-1'],
        ['us-gob-west-1', 'us-gov-west-1'],
        ['us-east-11', 'us-east-1'],
      ] as const
    ).map(([region, meant]): Row => [
      region,
      { region, accountSettings: { regions: ['us-east-1', region] } },
      `region: is not a known Region; did you mean ${meant}?; received "${region}"`,
      `accountSettings.regions[1]: is not a known Region; did you mean ${meant}?; received "${region}"`,
    ]),
    ['a Region of another cloud', { region: 'eastus' }, `region: ${FORM}; received "eastus"`],
    ['a zone', { region: 'us-east-1a' }, `region: ${FORM}; received "us-east-1a"`],
    ['a number', { region: 1 }, `region: ${FORM}; received 1`],
  ]);
});
