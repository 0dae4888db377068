import { type BaselineConfig, defineBaseline } from '../../lib/config/config';
import type { Profile } from '../../lib/config/profiles';

/** A profile's smallest configuration. */
export function smallest(profile: Profile): BaselineConfig {
  return defineBaseline({
    profile,
    administrators: ['alice'],
    notifications: { emails: ['security@example.com'] },
  });
}
