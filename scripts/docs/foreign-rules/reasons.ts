/** Why an event, or a rule, has no detection. */
export const REASONS = {
  client: 'A program that many people use, and that can call itself something else.',
  compare:
    'It compares two fields of an event, or names one workload. A pattern compares a field with a constant.',
  daily: 'Daily work of people, pipelines, or workloads: it would trigger all day.',
  data: 'A data event. The trail does not record data events, because each of them costs money.',
  history:
    'It needs a memory (the first time, many in a row, a sequence) or other alerts. A filter sees one event.',
  hygiene: 'A setting of one resource, which AWS Config and Security Hub check. It is not an attack.',
  mistake: 'A mistake in a policy looks the same, and deployments make such mistakes.',
  omitted:
    'CloudTrail leaves out parameters that are too large. Detections that only need the name still trigger.',
  organization: 'With the option `organization`, the detection StackSetChanged triggers.',
  place:
    'It needs the network or place of an address, which the event does not contain. GuardDuty looks it up.',
  reads: 'A read. Consoles, scanners, and deployments read all day. CallDenied counts what is denied.',
  removal: 'It takes access away and opens nothing.',
} as const;

export type Reason = keyof typeof REASONS;
