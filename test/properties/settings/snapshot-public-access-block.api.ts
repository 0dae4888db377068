import fc from 'fast-check';
import type { Api } from '../api';

const LEVELS = ['unblocked', 'block-new-sharing', 'block-all-sharing'] as const;
type Level = (typeof LEVELS)[number];

export const api: Api<Level> = {
  scope: 'Region',
  states: fc.constantFrom(...LEVELS),
  isWeaker: (was, is) => LEVELS.indexOf(is) < LEVELS.indexOf(was),
  operations: {
    GetSnapshotBlockPublicAccessState: ({ state }) => ({ State: state }),
    EnableSnapshotBlockPublicAccess: (at, { State }: { State: Level }) => void (at.state = State),
    DisableSnapshotBlockPublicAccess: (at) => void (at.state = 'unblocked'),
  },
};
