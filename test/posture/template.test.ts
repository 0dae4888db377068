import { PROFILES } from '../../lib/config/profiles';
import { defineBaseline } from '../../lib/config/config';
import { templateOf } from '../../lib/posture/template';
import { SMALLEST } from '../smallest';
import { baselineTemplate } from '../synth';

// Feature flags of CDK change what a construct makes.
test.each(PROFILES)('the template that is billed is the one of the app: %s', (profile) => {
  expect(templateOf(defineBaseline({ ...SMALLEST, profile }))).toEqual(
    baselineTemplate({ profile }).toJSON(),
  );
});
