import fc from 'fast-check';
import type { Api } from '../api';

interface Defaults {
  readonly HttpTokens?: string | undefined;
  readonly HttpTokensEnforced?: string | undefined;
  /** Hops of a metadata response. */
  readonly HttpPutResponseHopLimit?: number | undefined;
}

/** Nothing said is left to the image or the instance, which is not a limit. */
const hops = ({ HttpPutResponseHopLimit = 64 }: Defaults) => HttpPutResponseHopLimit;

export const api: Api<Defaults> = {
  scope: 'Region',
  states: fc.record({
    HttpTokens: fc.constantFrom('required', 'optional', undefined),
    HttpTokensEnforced: fc.constantFrom('enabled', 'disabled', undefined),
    HttpPutResponseHopLimit: fc.option(fc.integer({ min: 1, max: 64 }), { nil: undefined }),
  }),
  isWeaker: (was, is) =>
    (was.HttpTokens === 'required' && is.HttpTokens !== 'required') ||
    (was.HttpTokensEnforced === 'enabled' && is.HttpTokensEnforced !== 'enabled') ||
    hops(was) < hops(is),
  operations: {
    GetInstanceMetadataDefaults: ({ state }) => ({ AccountLevel: state }),
    ModifyInstanceMetadataDefaults: (at, input: Required<Defaults>) => {
      const given = (value: string | undefined) => (value === 'no-preference' ? undefined : value);
      at.state = {
        HttpTokens: given(input.HttpTokens),
        HttpTokensEnforced: given(input.HttpTokensEnforced),
        HttpPutResponseHopLimit:
          input.HttpPutResponseHopLimit === -1 ? undefined : input.HttpPutResponseHopLimit,
      };
      return { Return: true };
    },
  },
};
