import { CloudWatchLogsClient, paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';
import { SIGNALS } from '../../../lib/detections/signals';
import { all } from '../../../lib/posture/read';
import { arrivalOf, isSo } from '../person';
import { BY_PERSON, NOT_PROVOKED, type Provocation, PROVOCATIONS } from '../provocations';
import { expected, type Live, observe, type Observation, type Step } from '../step';
import { deployedPart } from './deploy';

/** The title of a signal, which begins its message. */
const titled = (signal: string) => `“${SIGNALS.find(({ id }) => id === signal)?.title ?? signal}”`;

export const SIGNAL_STEPS: readonly Step[] = [
  {
    id: 'signals',
    title: 'Provoke what is safe to provoke, and measure until the mail',
    minutes: 20,
    async run(live) {
      const started = new Date();
      const provoked: [Provocation, Observation, since: Date][] = [];
      for (const one of PROVOCATIONS) {
        const since = new Date();
        provoked.push([one, await provoke(live, one), since]);
      }
      live.say('Alarms arrive a few minutes later. Answer when the mails are there, or after 15 minutes.');
      const arrivals: Observation[] = [];
      for (const [one, { outcome }, since] of provoked) {
        if (outcome !== 'unanswered') arrivals.push(...(await arrivalsOf(live, one, since)));
      }
      return [
        ...provoked.map(([, observation]) => observation),
        ...arrivals,
        await observe(
          'The log events of the trail have the time of their delivery',
          () => timesOfEvents(live, started),
          ['delivery-time'],
        ),
      ];
    },
  },
  {
    id: 'root',
    title: 'Sign in as root, with care',
    minutes: 7,
    run: signInAsRoot,
  },
];

/** Does it, and undoes it, also what an interrupted run has left. */
function provoke(live: Live, { what, provoke: act, undo }: Provocation): Promise<Observation> {
  return observe(what, async () => {
    await undo(live);
    try {
      const unexpected = await act(live);
      return { outcome: expected(unexpected === undefined), detail: unexpected };
    } finally {
      await undo(live);
    }
  });
}

async function arrivalsOf({ person }: Live, one: Provocation, since: Date): Promise<Observation[]> {
  const answers = ['events', 'mail'];
  const arrivals: Observation[] = [];
  if (one.byRule) {
    const what = `a message of the second way, after: ${one.what}`;
    arrivals.push(await arrivalOf(person, `${one.id}-rule`, what, since, answers));
  }
  for (const signal of one.signals) {
    const what = `${titled(signal)}, after: ${one.what}`;
    arrivals.push(await arrivalOf(person, `${one.id}-${signal}`, what, since, answers));
  }
  return arrivals;
}

async function signInAsRoot({ person }: Live): Promise<Observation[]> {
  /** Waits until the person did it. */
  const when = async (id: string, what: string) => {
    await person.ask(id, `${what} Press Enter right afterwards.`);
    return new Date();
  };
  const wrong = await when('root-wrong', 'In a private window, type a wrong password of root.');
  const prompt = await when('root-at-prompt', 'Type the right one, and leave at the prompt for MFA.');
  const signedIn = await when('root-signed-in', 'Now sign in as root with MFA, and sign out.');
  const arrival = (id: string, signal: string, since: Date, answers: readonly string[]) =>
    arrivalOf(person, id, `${titled(signal)}, after ${BY_PERSON[signal] ?? signal}`, since, answers);
  return [
    await arrival('root-RootAttempts', 'RootAttempts', wrong, ['events']),
    await isSo(
      person,
      'root-prompt',
      `No message reports that somebody left at the prompt at ${prompt.toTimeString().slice(0, 5)}`,
      ['check-mfa'],
    ),
    await arrival('root-RootUser', 'RootUser', signedIn, ['events', 'delivery-time']),
    await arrivalOf(
      person,
      'root-notice',
      'an e-mail of AWS User Notifications about the sign-in',
      signedIn,
      ['mail'],
    ),
    await isSo(person, 'sign-in-SignIn', `${titled('SignIn')} arrived after ${BY_PERSON['SignIn'] ?? ''}`, [
      'events',
    ]),
    ...Object.entries(NOT_PROVOKED).map(([signal, detail]) => ({
      what: `${titled(signal)} is reported`,
      outcome: 'unanswered' as const,
      detail,
      answers: ['events'],
    })),
  ];
}

/**
 * Whether the time of log events is that of their delivery. If it were that of the event, data would come
 * minutes late for alarms that evaluate one minute.
 */
async function timesOfEvents(live: Live, since: Date): Promise<Omit<Observation, 'what' | 'answers'>> {
  const logGroupName = await deployedPart(live, 'log-group');
  const client = live.clients.get(CloudWatchLogsClient);
  const events = await all(
    paginateFilterLogEvents({ client }, { logGroupName, startTime: since.valueOf() }),
    (page) => page.events,
  );
  const delays = events.flatMap(({ message = '{}', timestamp, ingestionTime }) => {
    const { eventTime } = JSON.parse(message) as { eventTime?: string };
    if (eventTime === undefined || timestamp === undefined || ingestionTime === undefined) return [];
    return [{ sinceCall: timestamp - Date.parse(eventTime), untilStored: ingestionTime - timestamp }];
  });
  if (delays.length === 0) return { outcome: 'unanswered', detail: 'the log group has no event yet' };
  const sinceCall = median(delays.map((one) => one.sinceCall));
  const untilStored = median(delays.map((one) => one.untilStored));
  const seconds = (milliseconds: number) => `${Math.round(milliseconds / 1000)} s`;
  return {
    outcome: expected(untilStored < 60_000),
    detail: `${delays.length} events; their time is ${seconds(sinceCall)} after the call, and ${seconds(untilStored)} before they were stored (medians)`,
  };
}

function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[values.length >> 1] ?? NaN;
}
