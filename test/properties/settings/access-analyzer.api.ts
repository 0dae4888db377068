import fc from 'fast-check';
import type { Api } from '../api';

interface Input {
  readonly analyzerName: string;
}

/** The name of the analyzer: a Region has one at most. */
export const api: Api<string | undefined> = {
  scope: 'Region',
  states: fc.constantFrom(undefined, 'theirs', 'account-baseline'),
  isWeaker: (was, is) => was !== undefined && is !== was,
  operations: {
    ListAnalyzers: ({ state }) => ({ analyzers: state === undefined ? [] : [{ name: state }] }),
    CreateAnalyzer: (at, { analyzerName }: Input) => {
      if (at.state !== undefined) throw new Error('one a Region');
      at.state = analyzerName;
      return undefined;
    },
    DeleteAnalyzer: (at, { analyzerName }: Input) => {
      if (at.state !== analyzerName) throw new Error('no such analyzer');
      at.state = undefined;
      return undefined;
    },
  },
};
