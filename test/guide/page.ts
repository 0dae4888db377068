import { readFileSync } from 'node:fs';

/** A fenced block of a page. */
export interface Block {
  /**
   * Language after the fence: `sh` is run, `text` is what the commands before it print, `diff` changes the
   * configuration.
   */
  readonly language: string;
  readonly text: string;
  /** Number of the step that contains it, or undefined outside a list. */
  readonly step?: number;
}

/** A numbered step. */
interface Step {
  readonly number: number;
  /** First line, without the number. */
  readonly text: string;
}

/** What stands under one heading of the second level. */
export interface Section {
  readonly title: string;
  readonly text: string;
  readonly steps: readonly Step[];
  readonly blocks: readonly Block[];
}

/** The sections of a page, in order. The first has the title of the page, and the text below it. */
export function sectionsOf(path: string): Section[] {
  return readFileSync(path, 'utf8')
    .split(/^##? (?=\S)/m)
    .slice(1)
    .map((part) => {
      const [title = '', ...lines] = part.split('\n');
      return { title, text: lines.join('\n'), ...read(lines) };
    });
}

function read(lines: readonly string[]) {
  const steps: Step[] = [];
  const blocks: Block[] = [];
  let open: { indent: number; language: string; lines: string[] } | undefined;
  for (const line of lines) {
    const [, space = '', language = ''] = /^(\s*)```(\w*)$/.exec(line) ?? [];
    if (/^\s*```/.test(line)) {
      if (open) blocks.push({ ...open, text: open.lines.join('\n'), step: steps.at(-1)?.number });
      open = open ? undefined : { indent: space.length, language, lines: [] };
    } else if (open) {
      open.lines.push(line.slice(open.indent));
    } else {
      const [, number, text = ''] = /^(\d+)\. (.*)/.exec(line) ?? [];
      if (number !== undefined) steps.push({ number: Number(number), text });
    }
  }
  return { steps, blocks };
}

/** A command of the AWS CLI, as the API and CloudTrail name it. */
export interface AwsCommand {
  /** @example 'iam' */
  readonly service: string;
  /** @example 'DeactivateMFADevice' */
  readonly operation: string;
  /** Options in camelCase: `--user-name carol` is `{ userName: 'carol' }`. */
  readonly options: Readonly<Record<string, string>>;
}

/** The commands of the AWS CLI in a block, also those inside `$()`. */
export function awsCommands(text: string): AwsCommand[] {
  const oneLine = text.replaceAll(/\\\n\s*/g, ' ');
  return [...oneLine.matchAll(/\baws ([a-z-]+) ([a-z0-9-]+)([^\n|;)]*)/g)].map(
    ([, service = '', operation = '', rest = '']) => ({
      service,
      operation: pascalCase(operation),
      options: Object.fromEntries(
        [...rest.matchAll(/--([a-z0-9-]+)(?: (?!--)("[^"]*"|'[^']*'|\S+))?/g)].map(
          ([, name = '', value = '']) => [camelCase(name), value.replaceAll(/["']/g, '')],
        ),
      ),
    }),
  );
}

const ACRONYMS = new Set(['id', 'mfa', 'saml']);

function pascalCase(words: string): string {
  return words
    .split('-')
    .map((word) => (ACRONYMS.has(word) ? word.toUpperCase() : word.charAt(0).toUpperCase() + word.slice(1)))
    .join('');
}

function camelCase(words: string): string {
  return words.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** Whether a text is what a page shows; there, … stands for any characters. */
export function shows(expected: string, actual: string): boolean {
  const pattern = expected
    .trim()
    .split('…')
    .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(/[\t ]+/g, '\\s+'))
    .join('[^]*');
  return new RegExp(`^${pattern}$`).test(actual.trim());
}

/** Anchors that GitHub gives the headings of a page. */
export function anchorsOf(page: string): string[] {
  return [...page.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}
