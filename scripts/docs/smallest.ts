import { type BaselineConfig, type BaselineOptions, defineBaseline } from '../../lib/config/config';
import type { Profile } from '../../lib/config/profiles';

/**
 * A profile's smallest configuration.
 *
 * @param options what it has beside that
 */
export function smallest(profile: Profile, options: Partial<BaselineOptions> = {}): BaselineConfig {
  return defineBaseline({
    profile,
    administrators: ['alice'],
    notifications: { emails: ['security@example.com'] },
    ...options,
  });
}
