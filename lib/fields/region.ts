import { closest, distance } from 'fastest-levenshtein';
import { REGIONS } from './regions';
import { matching } from './text';

const FORM = /^([a-z]{2,}(?:-[a-z]+)*)-([a-z]+)-(\d+)$/;

/** `us-gov-east-1` as `us-gov`, `east` and 1. */
function partsOf(region: string): { area: string; direction: string; number: number } {
  const [, area = '', direction = '', number = ''] = FORM.exec(region) ?? [];
  return { area, direction, number: Number(number) };
}

const KNOWN = REGIONS.map(partsOf);
const AREAS = [...new Set(KNOWN.map(({ area }) => area))];
const DIRECTIONS = new Set(KNOWN.map(({ direction }) => direction));

/**
 * Whether AWS may have added this Region after the list was made: the next number of a known place
 * (`eu-central-3`), the first in a direction (`ca-east-1`), or an area unlike the known ones (`nz-north-1`).
 * Anything else is probably a typo. If a real Region is rejected, omit `region` and `regions`.
 */
function mayBeNew(region: string): boolean {
  const { area, direction, number } = partsOf(region);
  const numbers = KNOWN.filter((one) => one.area === area && one.direction === direction).map(
    (one) => one.number,
  );
  const isPlace = AREAS.includes(area) || distance(area, closest(area, AREAS)) > 1;
  return isPlace && DIRECTIONS.has(direction) && number >= 1 && number <= Math.max(0, ...numbers) + 1;
}

/** The known Region that is probably meant; undefined if the name is one, or may be a newer one. */
export function meantRegion(name: string): string | undefined {
  return REGIONS.includes(name) || (FORM.test(name) && mayBeNew(name)) ? undefined : closest(name, REGIONS);
}

/** A Region that is known, or that may be newer than the list. */
export const region = () =>
  matching(FORM, 'must be a Region such as us-east-1').refine(
    (name) => !FORM.test(name) || meantRegion(name) === undefined,
    { error: ({ input }) => `is not a known Region; did you mean ${closest(String(input), REGIONS)}?` },
  );
