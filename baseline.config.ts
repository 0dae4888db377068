import { defineBaseline } from './lib/config/config';

// The configuration of your account. Hover over a name for its meaning, or see docs/configuration.md.
export default defineBaseline({
  administrators: ['alice'],
  notifications: { emails: ['security@example.com'] },
});
