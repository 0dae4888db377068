import { type DefaultedOptions, withDependentDefaults } from './dependent-defaults';
import { BaselineConfigError, describeIssue } from './errors';
import { type BaselineOptions, options } from './options';
import { contradictions } from './rules/contradictions';

export { BaselineConfigError } from './errors';
export type { BaselineOptions } from './options';

type DeepReadonly<T> = {
  readonly [K in keyof T]: T[K] extends object | undefined ? DeepReadonly<T[K]> : T[K];
};

/** A validated configuration with every default filled in, frozen. */
export type BaselineConfig = DeepReadonly<DefaultedOptions>;

/**
 * Validates the options and fills in the defaults.
 *
 * @throws {BaselineConfigError} listing every error with its path and the value received
 * @example
 * export default defineBaseline({
 *   administrators: ['alice'],
 *   notifications: { emails: ['security@example.com'] },
 * });
 */
export function defineBaseline(written: BaselineOptions): BaselineConfig {
  const result = options.safeParse(written, { reportInput: true });
  const errors = [...(result.error?.issues.flatMap(describeIssue) ?? []), ...contradictions(written)];
  if (!result.success || errors.length > 0) throw new BaselineConfigError('the configuration', errors);
  return deepFreeze(withDependentDefaults(result.data));
}

function deepFreeze<T extends object>(value: T): T {
  for (const child of Object.values(value)) {
    if (typeof child === 'object' && child !== null) deepFreeze(child);
  }
  return Object.freeze(value);
}
