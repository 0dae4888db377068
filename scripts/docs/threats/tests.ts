/** A test, as Jest names it, and what it tries, if that is one row of many. */
export interface Proven {
  /** @example 'test/docs.test.ts' */
  readonly file: string;
  /** Its groups and its title. */
  readonly name: readonly string[];
  /**
   * A row of scripts/docs/access-rows/, by what `test/access/proofs.ts` calls it.
   * @default - the test makes no single request
   */
  readonly request?: Requested;
  /**
   * The example of a detection that is the call of the attack.
   * @default - the test judges no single example
   */
  readonly example?: NamedExample;
}

/** An event that a detection counts, by its title in test/detections/rules/. */
interface NamedExample {
  readonly detection: string;
  readonly title: string;
}

/** A request, and what IAM answers. */
interface Requested {
  readonly heading: string;
  readonly task: string;
  readonly answer: 'yes' | 'no';
}

/** The test in this file below `test/`, without its ending, with these groups and this title. */
export function test(file: string, ...name: readonly string[]): Proven {
  return { file: `test/${file}.test.ts`, name };
}

/** The simulated request with this heading and task, which the policies of the profile `standard` deny. */
export const denial = (heading: string, task: string) => requested({ heading, task, answer: 'no' });

/** The simulated request with this heading and task, which they allow. */
export const permission = (heading: string, task: string) => requested({ heading, task, answer: 'yes' });

function requested(request: Requested): Proven {
  return { ...test('threat-model.slow', 'IAM answers each request as the page says'), request };
}

/** That this example of the detection triggers its alarm, and that the alarm sends a message. */
export function detects(detection: string, title: string): readonly Proven[] {
  return [
    {
      ...test('threat-model', 'an alarm reports each example of a detection'),
      example: { detection, title },
    },
    test('e2e/messages', 'every detection triggers and is reported by its name'),
  ];
}
