import type { BaselineConfig } from '../../../lib/config/config';
import type { StackTemplate } from '../../../lib/stacks/templates';

const { templatesOf: synthesized } = jest.requireActual<typeof import('../../../lib/stacks/templates')>(
  '../../../lib/stacks/templates',
);
const known = new Map<string, StackTemplate[]>();

/** In place of lib/stacks/templates: the tests of a command synthesize the same configuration repeatedly. */
export function templatesOf(config: BaselineConfig): StackTemplate[] {
  const key = JSON.stringify(config);
  const templates = known.get(key) ?? synthesized(config);
  known.set(key, templates);
  return templates;
}
