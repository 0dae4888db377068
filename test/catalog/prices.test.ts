import { freeBecause, PRICES_DATE } from '../../lib/catalog/prices';
import { PROFILES } from '../../lib/config/profiles';
import type { BaselineOptions } from '../../lib/config/config';
import { PRICE_LIST } from '../../lib/posture/cost';
import { eachOf } from '../each-of';
import { EVERYTHING } from '../everything';
import { baselineTemplate } from '../synth';

const CONFIGURATIONS: [name: string, options: Partial<BaselineOptions>][] = [
  ...PROFILES.map((profile): [string, Partial<BaselineOptions>] => [`the profile ${profile}`, { profile }]),
  ['an adopted trail', { auditTrail: { existingLogGroup: 'trail' } }],
  ['every option', EVERYTHING],
];

const priced = new Set(PRICE_LIST.flatMap(([, { types }]) => types));

describe('a resource type', () => {
  test.each(CONFIGURATIONS)('of %s is priced, or free with a reason', (_, options) => {
    const { Resources } = baselineTemplate(options).toJSON() as {
      Resources: Record<string, { Type: string }>;
    };
    const types = [...new Set(Object.values(Resources).map(({ Type }) => Type))];
    expect(types.filter((type) => !priced.has(type) && !freeBecause(type))).toEqual([]);
  });

  test('is not both', () => {
    expect([...priced].filter(freeBecause)).toEqual([]);
  });
});

describe('a price', () => {
  test('has the day of its look-up', () => {
    expect(PRICES_DATE).toMatch(/^20\d\d-\d\d-\d\d$/);
  });

  eachOf(PRICE_LIST, ([key]) => key)(
    'names the page of AWS, and where it was read or what is not verified',
    ([, price]) => {
      expect(price.source).toMatch(/^https:\/\/aws\.amazon\.com\/.*pricing\/$/);
      expect(price.read ?? price.unverified).toBeTruthy();
    },
  );
});
