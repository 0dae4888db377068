import { example, type Examples, parameters } from '../events/example';
import { ADMIN, INTRUDER } from '../events/fixtures';
import { call, denied } from '../events/record';

const TOKEN = parameters({ name: 'support', durationSeconds: 129_600 });

export const examples: Examples = {
  matches: [
    example('an access key', call('sts', 'GetFederationToken', INTRUDER, TOKEN)),
    example('a person', call('sts', 'GetFederationToken', ADMIN, TOKEN)),
  ],
  nearMisses: [
    example('an intruder may not', denied('sts', 'GetFederationToken', INTRUDER, TOKEN)),
    example('a session with MFA for the command line', call('sts', 'GetSessionToken', ADMIN)),
    example('a role', call('sts', 'AssumeRole', ADMIN)),
  ],
};
