import { proveProfile } from './prove';
import { strictPolicies } from './templates';

describe('in the profile strict, with every switch on,', () => {
  proveProfile('strict', strictPolicies());
});
