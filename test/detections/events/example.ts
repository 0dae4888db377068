import type { CloudTrailEvent } from '../../../emulator/metric-filters';
import { call, type Identity } from './record';

/** A record and what it shows. */
export interface Example {
  readonly title: string;
  readonly event: CloudTrailEvent;
}

/** Records that a detection is tested with, at least two of each kind. */
export interface Examples {
  /** Records that the detection must count. */
  readonly matches: readonly Example[];
  /** Records that it must not count, though a careless pattern would. */
  readonly nearMisses: readonly Example[];
}

type Parameters = Readonly<Record<string, unknown>>;

/** Parameters of a call, by its event name. */
export type Calls = Readonly<Record<string, Parameters>>;

export function example(title: string, event: CloudTrailEvent): Example {
  return { title, event };
}

export function parameters(requestParameters: Parameters): { requestParameters: Parameters } {
  return { requestParameters };
}

/** A successful call of each event name, titled by it. */
export function calls(service: string, by: Identity, parametersByName: Calls): Example[] {
  return Object.entries(parametersByName).map(([name, requestParameters]) =>
    example(name, call(service, name, by, { requestParameters })),
  );
}
