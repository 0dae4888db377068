import fc from 'fast-check';
import type { Api } from '../api';

/** Whether people may open the console. */
export const api: Api<boolean> = {
  scope: 'Region',
  states: fc.boolean(),
  isWeaker: (was, is) => !was && is,
  operations: {
    GetSerialConsoleAccessStatus: ({ state }) => ({ SerialConsoleAccessEnabled: state }),
    EnableSerialConsoleAccess: (at) => void (at.state = true),
    DisableSerialConsoleAccess: (at) => void (at.state = false),
  },
};
