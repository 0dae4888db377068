/** A test, as Jest names it. */
export interface Proven {
  /** @example 'test/docs.test.ts' */
  readonly file: string;
  /** Its groups and its title. */
  readonly name: readonly string[];
}

/** The test in this file below `test/`, without its ending, with these groups and this title. */
export function test(file: string, ...name: readonly string[]): Proven {
  return { file: `test/${file}.test.ts`, name };
}

/** The simulated request with this heading and task, which the policies of the profile `standard` deny. */
export const denial = (heading: string, task: string) => access(heading, task, 'no');

/** The simulated request with this heading and task, which they allow. */
export const permission = (heading: string, task: string) => access(heading, task, 'yes');

function access(heading: string, task: string, answer: string): Proven {
  return test('access/standard.slow', 'in the profile standard,', heading, `${task}: ${answer}`);
}

/** That the filter of the detection counts its examples, and that its alarm sends a message. */
export function detects(detection: string): readonly Proven[] {
  return [
    test('detections/deployed-filters', detection, 'counts each of its matches'),
    test('e2e/messages', 'every detection rings and is told by its name'),
  ];
}
