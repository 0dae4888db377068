import { STOP_THE_CALLER } from '../containment';
import type { DocumentedDetection } from '../detection';
import { anyOf } from '../patterns';
import { ATTEMPTS } from '../signals';

/** As the AWS CLI and the SDKs name distributions for attackers, and a tool that tries leaked keys. */
const AGENTS = ['TruffleHog', '#kali', '+kali', 'kali-a', '#parrot', '+parrot', '#pentoo', '+pentoo'];

export const attackToolUsed: DocumentedDetection = {
  id: 'AttackToolUsed',
  signal: ATTEMPTS,
  weight: 300,
  controls: [],
  // Failures count, too: the first thing that such a tool does is to try what the credentials may.
  pattern: `{${anyOf(...AGENTS.map((agent) => `$.userAgent="*${agent}*"`))}}`,
  why: 'A call came from TruffleHog, which searches public code for access keys and tries them, or from a Linux distribution for attackers: Kali, Parrot or Pentoo. Somebody may have found your credentials. An intruder can hide the name of the tool, so its absence proves nothing.',
  noise:
    'Penetration tests, and people who work with such a distribution or check their own code with TruffleHog.',
  firstMinutes: [
    'Find the access key in the event, and where the call came from.',
    'Ask the owner of the credentials whether it was them.',
  ],
  containment: [
    STOP_THE_CALLER,
    'Search your repositories, including their history, for the access key.',
    'Check everything that the credentials have done since they were created.',
  ],
};
