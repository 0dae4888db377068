import { createInterface } from 'node:readline/promises';
import type { Observation } from './step';

/** Who answers questions. */
export interface Person {
  /**
   * Asks a question.
   *
   * @param id names the question in a file of answers
   */
  ask(id: string, question: string): Promise<string>;
}

/** The person at the terminal. */
export const atTerminal: Person = {
  async ask(_, question) {
    const terminal = createInterface({ input: process.stdin, output: process.stderr });
    try {
      return (await terminal.question(`${question} `)).trim();
    } finally {
      terminal.close();
    }
  },
};

/**
 * Answers from a file, for rehearsals.
 *
 * @throws {Error} at a question that has no answer
 */
export function fromAnswers(answers: Readonly<Record<string, string>>, say: (text: string) => void): Person {
  return {
    ask(id, question) {
      const answer = answers[id];
      if (answer === undefined)
        return Promise.reject(new Error(`The file of answers has none to ${id}: ${question}`));
      say(`${question} ${answer}`);
      return Promise.resolve(answer);
    },
  };
}

/** Means that something was not tried. */
const NOT_TRIED = '-';

/** Asks whether something is so. */
export async function isSo(
  person: Person,
  id: string,
  what: string,
  answers?: readonly string[],
): Promise<Observation> {
  const answer = await person.ask(id, `${what}? [y, - if you did not try, or what you saw]`);
  if (answer === NOT_TRIED || answer === '') return { what, outcome: 'unanswered', answers };
  if (/^y(es)?$/i.test(answer)) return { what, outcome: 'expected', answers };
  return { what, outcome: 'unexpected', detail: answer, answers };
}

/** Asks when a message arrived. */
export async function arrivalOf(
  person: Person,
  id: string,
  what: string,
  since: Date,
  answers?: readonly string[],
): Promise<Observation> {
  const answer = await person.ask(
    id,
    `When did this arrive: ${what}? [time of the mail such as 14:05, minutes after ${clock(since)} such as 4, "no", or - if you did not look]`,
  );
  if (answer === NOT_TRIED || answer === '') return { what, outcome: 'unanswered', answers };
  const minutes = minutesAfter(since, answer);
  if (minutes === undefined) return { what, outcome: 'unexpected', detail: answer, answers };
  return { what, outcome: 'expected', minutes, answers };
}

/**
 * Minutes between an event and a time of day on this machine, or a number of minutes.
 *
 * @returns undefined if the answer is neither
 */
export function minutesAfter(since: Date, answer: string): number | undefined {
  if (/^\d+(\.\d+)?$/.test(answer)) return Number(answer);
  const [, hours, minutes, seconds = '0'] = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(answer) ?? [];
  if (hours === undefined || Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59)
    return undefined;
  const at = new Date(since);
  at.setHours(Number(hours), Number(minutes), Number(seconds), 0);
  const passed = (at.valueOf() - since.valueOf()) / 60_000;
  // It shows minutes: it can seem to arrive before the event. Any other earlier time is after midnight.
  const positive = passed < -1 ? passed + 24 * 60 : Math.max(0, passed);
  return Math.round(positive * 10) / 10;
}

const clock = (time: Date) => time.toTimeString().slice(0, 5);
