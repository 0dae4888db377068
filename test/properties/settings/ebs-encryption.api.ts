import fc from 'fast-check';
import type { Api } from '../api';

export const api: Api<boolean> = {
  scope: 'Region',
  states: fc.boolean(),
  isWeaker: (was, is) => was && !is,
  operations: {
    GetEbsEncryptionByDefault: ({ state }) => ({ EbsEncryptionByDefault: state }),
    EnableEbsEncryptionByDefault: (at) => void (at.state = true),
    DisableEbsEncryptionByDefault: (at) => void (at.state = false),
  },
};
