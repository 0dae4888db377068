import { PROFILES } from '../../lib/config/profiles';
import { defineBaseline } from '../../lib/config/config';
import { templatesOf } from '../../lib/stacks/templates';
import { SMALLEST } from '../smallest';
import { suiteTemplates } from '../synth';

// Feature flags of CDK change what a construct makes.
test.each(PROFILES)('the templates that are billed are those of the app: %s', (profile) => {
  expect(templatesOf(defineBaseline({ ...SMALLEST, profile })).map(({ template }) => template)).toEqual(
    Object.values(suiteTemplates({ profile })).map((template) => template.toJSON()),
  );
});
