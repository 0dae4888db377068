import { type BaselineConfig, type BaselineOptions, defineBaseline } from '../../lib/config/config';
import type { Profile } from '../../lib/config/profiles';

/**
 * The smallest configuration of a profile.
 *
 * @param options additional options
 */
export function smallest(profile: Profile, options: Partial<BaselineOptions> = {}): BaselineConfig {
  return defineBaseline({
    profile,
    administrators: ['alice'],
    notifications: { emails: ['security@example.com'] },
    ...options,
  });
}
