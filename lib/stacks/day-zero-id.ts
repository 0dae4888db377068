/** Construct ids of the people that the standalone template takes as parameters: the same in both, or they'd be replaced. */
export const DAY_ZERO_ID = 'DayZero';
