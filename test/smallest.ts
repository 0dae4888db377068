import type { BaselineOptions } from '../lib/config/config';

/** The smallest configuration. */
export const SMALLEST: BaselineOptions = {
  administrators: ['alice'],
  notifications: { emails: ['security@example.com'] },
};
