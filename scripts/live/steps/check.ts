import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { z } from 'zod';
import { readAccount } from '../../../lib/posture/collect/account';
import { arrivalOf } from '../person';
import { expected, type Live, observe, type Observation, type Step } from '../step';

/** What verify prints. */
const Posture = z.object({
  findings: z.array(
    z.object({ check: z.string(), title: z.string(), status: z.string(), detail: z.string() }),
  ),
});
const findingsOf = (output: string) => Posture.parse(JSON.parse(output)).findings;

/** Verify, its test alarm, and the weekly summary. */
export const CHECK_STEPS: readonly Step[] = [
  {
    id: 'verify',
    title: 'Verify',
    minutes: 2,
    async run({ programs }) {
      const { output, minutes } = await programs.baseline(['verify']);
      const findings = findingsOf(output);
      const of = (status: string) => findings.filter((one) => one.status === status);
      const failed = of('fail').map(({ check, title, detail }) => `${check}: ${title} (${detail})`);
      // Drift is detected on demand only.
      const unread = of('unknown').filter(({ check }) => check !== 'drift');
      return [
        {
          what: 'verify finds nothing that failed',
          outcome: expected(failed.length === 0),
          detail: failed.join('; ') || undefined,
          minutes,
          answers: ['settings'],
        },
        {
          what: 'verify can read everything',
          outcome: expected(unread.length === 0),
          detail: unread.map(({ check, detail }) => `${check}: ${detail}`).join('; ') || undefined,
          answers: ['permissions'],
        },
        {
          what: 'verify says what a person still has to do',
          outcome: 'expected',
          detail:
            of('manual')
              .map(({ title }) => title)
              .join('; ') || 'nothing',
        },
      ];
    },
  },
  {
    id: 'test-alert',
    title: 'Send the test alarm and the weekly summary',
    minutes: 5,
    async run(live) {
      const { person, programs } = live;
      const since = new Date();
      const { output } = await programs.baseline(['verify', '--test-alert']);
      const found = findingsOf(output).find(({ check }) => check === 'test-alert');
      const summary = await observe('The function of the weekly summary runs when it is called', () =>
        callSummary(live),
      );
      return [
        {
          what: 'The test alarm reaches the function that explains alarms',
          outcome: expected(found?.status === 'pass'),
          detail: found?.detail,
          answers: ['events'],
        },
        await arrivalOf(person, 'test-alert-mail', 'the test alarm, which says TEST', since, ['mail']),
        summary,
        await arrivalOf(person, 'summary-mail', 'the weekly summary', since, ['mail']),
      ];
    },
  },
];

/** Finds the function by its stack: it is the only one there. */
async function callSummary({
  clients,
  caller,
  config,
}: Live): Promise<Omit<Observation, 'what' | 'answers'>> {
  const { suite } = await readAccount(clients, caller, config);
  const [stack] = ('value' in suite ? suite.value : []).filter(({ kind }) => kind === 'Summary');
  const found = stack?.resources.find(({ ResourceType }) => ResourceType === 'AWS::Lambda::Function');
  if (!found) return { outcome: 'unanswered', detail: 'the configuration has no weekly summary' };
  const { FunctionError } = await clients
    .get(LambdaClient)
    .send(new InvokeCommand({ FunctionName: found.PhysicalResourceId, Payload: Buffer.from('{}') }));
  return { outcome: expected(FunctionError === undefined), detail: FunctionError };
}
