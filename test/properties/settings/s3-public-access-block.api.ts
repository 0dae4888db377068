import fc from 'fast-check';
import { refusal } from '../../functions/fake-aws';
import type { Api } from '../api';

type Block = Readonly<Record<string, boolean>>;
const flag = fc.boolean();

export const api: Api<Block | undefined> = {
  scope: 'account',
  states: fc.option(
    fc.record({
      BlockPublicAcls: flag,
      IgnorePublicAcls: flag,
      BlockPublicPolicy: flag,
      RestrictPublicBuckets: flag,
    }),
    { nil: undefined },
  ),
  isWeaker: (was = {}, is) => Object.entries(was).some(([name, value]) => value && !is?.[name]),
  operations: {
    GetPublicAccessBlock: ({ state }) => {
      if (!state) throw refusal('NoSuchPublicAccessBlockConfiguration');
      return { PublicAccessBlockConfiguration: state };
    },
    PutPublicAccessBlock: (at, input: { PublicAccessBlockConfiguration: Block }) =>
      void (at.state = input.PublicAccessBlockConfiguration),
    DeletePublicAccessBlock: (at) => void (at.state = undefined),
  },
};
