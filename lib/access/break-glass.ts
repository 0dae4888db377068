/** Name of the group of the break-glass users. It is a physical name because people look for it. */
export const BREAK_GLASS = 'BreakGlass';

/** Check that `aws-account-baseline drill break-glass` confirms. */
export const BREAK_GLASS_DRILL = 'break-glass-drill';

/** Days after which a drill is due again. */
export const DRILL_DAYS = 365;
