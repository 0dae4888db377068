/** An organization with the defaults, as its management account configures it. */
export const SMALLEST_ORGANIZATION = { id: 'o-a1b2c3d4e5', rootId: 'r-a1b2' };
