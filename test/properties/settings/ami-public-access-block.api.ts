import fc from 'fast-check';
import type { Api } from '../api';

type State = 'unblocked' | 'block-new-sharing';

export const api: Api<State> = {
  scope: 'Region',
  states: fc.constantFrom('unblocked', 'block-new-sharing'),
  isWeaker: (was, is) => was === 'block-new-sharing' && is === 'unblocked',
  operations: {
    GetImageBlockPublicAccessState: ({ state }) => ({ ImageBlockPublicAccessState: state }),
    EnableImageBlockPublicAccess: (at) => ({ ImageBlockPublicAccessState: (at.state = 'block-new-sharing') }),
    DisableImageBlockPublicAccess: (at) => ({ ImageBlockPublicAccessState: (at.state = 'unblocked') }),
  },
};
