import { defineBaseline } from './lib/config/config';

// The configuration of your account. Hover over a name for its meaning; docs/configuration.md lists all options.
export default defineBaseline({
  administrators: ['alice'],
  notifications: { emails: ['security@example.com'] },
});
