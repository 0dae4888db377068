import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { AccessAnalyzerClient } from '@aws-sdk/client-accessanalyzer';
import { AccountClient } from '@aws-sdk/client-account';
import { EC2Client } from '@aws-sdk/client-ec2';
import { IAMClient } from '@aws-sdk/client-iam';
import { S3ControlClient } from '@aws-sdk/client-s3-control';
import { mockClient } from 'aws-sdk-client-mock';
import fc from 'fast-check';
import { FakeAws, type Operation } from '../functions/fake-aws';
import type { Api } from './api';

const FOLDER = join(__dirname, 'settings');
const ENDING = '.api.ts';
const load = createRequire(__filename) as (path: string) => { readonly api: Api<unknown> };

/** How AWS behaves, by the names of the settings' files. A file in `settings/` is enough. */
export const APIS: Readonly<Record<string, Api<unknown>>> = Object.fromEntries(
  readdirSync(FOLDER)
    .filter((name) => name.endsWith(ENDING))
    .map((name) => [name.slice(0, -ENDING.length), load(join(FOLDER, name)).api]),
);

/**
 * What an account has: states by Region, that of the account under an empty one, and by the names of the
 * APIs.
 */
export type AccountState = Record<string, Record<string, unknown>>;

const statesOf = (scope: Api<unknown>['scope']) =>
  fc.record(
    Object.fromEntries(
      Object.entries(APIS)
        .filter(([, api]) => api.scope === scope)
        .map(([name, { states }]) => [name, states]),
    ),
  );

/** Anything that an account may have. */
export const accountState: fc.Arbitrary<AccountState> = fc
  .tuple(
    statesOf('account'),
    fc.dictionary(
      fc.constantFrom('us-east-1', 'eu-central-1', 'ap-south-1', 'sa-east-1'),
      statesOf('Region'),
      { minKeys: 1, noNullPrototype: true },
    ),
  )
  .map(([account, regions]) => ({ '': account, ...regions }));

/** Where an account is weaker than it was. */
export function weaker(was: AccountState, is: AccountState): string[] {
  return Object.entries(was).flatMap(([region, before]) =>
    Object.entries(APIS)
      .filter(([name, api]) => name in before && api.isWeaker(before[name], is[region]?.[name]))
      .map(([name]) => `${region} ${name}`.trim()),
  );
}

/** An account as its APIs describe it. */
export class Account {
  state: AccountState = {};
  /** Called after each change. */
  onChange = (): void => undefined;

  private readonly clients = [
    mockClient(EC2Client),
    mockClient(AccessAnalyzerClient),
    mockClient(IAMClient),
    mockClient(S3ControlClient),
    mockClient(AccountClient),
  ] as const;
  private readonly aws = new FakeAws(this.clients, {
    DescribeRegions: () => ({
      Regions: Object.keys(this.state)
        .filter(Boolean)
        .map((RegionName) => ({ RegionName })),
    }),
    ...Object.fromEntries(Object.keys(APIS).flatMap((name) => this.operationsOf(name))),
  });

  /** Starts over, and forgets the calls, of which each makes the next slower. */
  begin(state: AccountState): void {
    this.state = structuredClone(state);
    this.onChange = () => undefined;
    this.aws.reset();
    for (const client of this.clients) client.resetHistory();
  }

  private operationsOf(name: string): [operation: string, answer: Operation][] {
    const { scope, operations } = APIS[name] ?? { operations: {} };
    return Object.entries(operations).map(([operation, answer]) => [
      operation,
      (input, region) => {
        const states = this.state[scope === 'account' ? '' : region];
        if (!states) throw new Error(`${region} is not enabled`);
        const at = { state: states[name] };
        const answered = answer(at, input);
        states[name] = at.state;
        if (!/^(Get|List|Describe)/.test(operation)) this.onChange();
        return answered ?? {};
      },
    ]);
  }
}
