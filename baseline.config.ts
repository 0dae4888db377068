import { defineBaseline } from './lib/config/config';

// The whole configuration of your account. Hover over a name for its meaning; docs/configuration.md lists them all.
export default defineBaseline({
  administrators: ['alice'],
  notifications: { emails: ['security@example.com'] },
});
