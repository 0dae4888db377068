import type { AdvancedEventSelector, EventSelector } from '@aws-sdk/client-cloudtrail';
import type { Selectors } from './snapshot';

/** Management events that a selector records. */
interface Recorded {
  readonly kind: 'read' | 'write';
  /** Services whose events it leaves out. */
  readonly except: readonly string[];
}

/**
 * Management events that no selector of a trail records, in words; empty if all are recorded. An event is
 * recorded if any selector matches it.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-management-events-with-cloudtrail.html
 */
export function unrecorded({ basic, advanced }: Selectors): string[] {
  const recorded = [...basic.flatMap(byBasic), ...advanced.flatMap(byAdvanced)];
  if (recorded.length === 0) return ['all management events'];
  return (['read', 'write'] as const).flatMap((kind) => {
    const [first, ...others] = recorded.filter((one) => one.kind === kind);
    if (!first) return [`${kind} events`];
    return first.except
      .filter((service) => others.every(({ except }) => except.includes(service)))
      .map((service) => `${kind} events of ${service}`);
  });
}

/** The selectors with all management events, and with the data events that they have. */
export function withAllManagementEvents({ basic, advanced }: Selectors): Selectors {
  if (advanced.length === 0) {
    const ofData = basic.filter(({ DataResources = [] }) => DataResources.length > 0);
    return { basic: [...ofData, { ReadWriteType: 'All', IncludeManagementEvents: true }], advanced };
  }
  const ofData = advanced.filter(({ FieldSelectors = [] }) => !isOfManagement(FieldSelectors));
  const FieldSelectors = [{ Field: 'eventCategory', Equals: ['Management'] }];
  return { basic, advanced: [...ofData, { Name: 'Management events', FieldSelectors }] };
}

function byBasic(selector: EventSelector): Recorded[] {
  const { IncludeManagementEvents, ReadWriteType, ExcludeManagementEventSources: except = [] } = selector;
  if (IncludeManagementEvents !== true) return [];
  return kindsOf(ReadWriteType !== 'WriteOnly', ReadWriteType !== 'ReadOnly', except);
}

type FieldSelectors = NonNullable<AdvancedEventSelector['FieldSelectors']>;

const isOfManagement = (fields: FieldSelectors) =>
  fields.some(({ Field, Equals }) => Field === 'eventCategory' && Equals?.includes('Management') === true);

function byAdvanced({ FieldSelectors: fields = [] }: AdvancedEventSelector): Recorded[] {
  // Any other field would leave events out in a way that has no words here.
  const isKnown = fields.every(
    ({ Field, Equals, NotEquals, ...others }) =>
      Object.values(others).every((values) => values.length === 0) &&
      (Field === 'eventCategory' ||
        (Field === 'readOnly' && !NotEquals?.length) ||
        (Field === 'eventSource' && !Equals?.length)),
  );
  if (!isOfManagement(fields) || !isKnown) return [];
  const readOnly = fields.find(({ Field }) => Field === 'readOnly')?.Equals;
  const except = fields.flatMap(({ Field, NotEquals = [] }) => (Field === 'eventSource' ? NotEquals : []));
  return kindsOf(readOnly?.includes('true') ?? true, readOnly?.includes('false') ?? true, except);
}

function kindsOf(reads: boolean, writes: boolean, except: readonly string[]): Recorded[] {
  return [
    ...(reads ? [{ kind: 'read' as const, except }] : []),
    ...(writes ? [{ kind: 'write' as const, except }] : []),
  ];
}
