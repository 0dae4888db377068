import type { Step } from './step';
import { ASK_AWS } from './steps/ask-aws';
import { BEGIN } from './steps/begin';
import { CHANGE_STEPS } from './steps/change';
import { CHECK_STEPS } from './steps/check';
import { DEPLOY } from './steps/deploy';
import { END } from './steps/end';
import { SIGNAL_STEPS } from './steps/signals';

/** The afternoon, in its order. */
export const STEPS: readonly Step[] = [
  ...BEGIN,
  ...DEPLOY,
  ...ASK_AWS,
  ...SIGNAL_STEPS,
  ...CHECK_STEPS,
  ...CHANGE_STEPS,
  ...END,
];
