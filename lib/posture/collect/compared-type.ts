import type { Rule } from '@aws-sdk/client-eventbridge';
import type { Clients } from '../clients';
import type { Properties } from '../snapshot';
import type { ValueOf } from '../template-values';
import type { ReadTopicAttributes } from './notifications';

/** How a type of resource is compared. Both sides have the same properties, in the same shape. */
export interface ComparedType {
  /** The property that refers to the resource that has the settings. @default - the resource itself */
  readonly of?: string;
  /** The compared properties of the template, without functions whose values are known. */
  readonly wanted: (properties: Properties, of: ValueOf) => Properties;
  /** Error names that mean that the resource does not exist. */
  readonly absent: readonly string[];
  readonly read: (context: Context, resource: string, wanted: Properties) => Promise<Properties | undefined>;
}

/** What readers share. */
interface Context {
  readonly clients: Clients;
  readonly account: string;
  /** Time of reading. */
  readonly at: Date;
  readonly topics: ReadTopicAttributes;
  /** The event rules of the stacks, by name. They are read once. */
  readonly rules: () => Promise<ReadonlyMap<string, Rule>>;
}

/** Without the properties that are not set. */
export function given(properties: Properties): Properties {
  return Object.fromEntries(
    Object.entries(properties).filter(([, value]) => value !== undefined && value !== ''),
  );
}

/** Only these properties of an object. */
export function only(value: object, names: readonly string[]): Properties {
  return given(Object.fromEntries(names.map((name) => [name, Reflect.get(value, name)])));
}
