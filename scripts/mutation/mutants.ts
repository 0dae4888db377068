import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Instrumenter } from '@stryker-mutator/instrumenter';

/** One change of the code that a test should notice. */
export interface Mutant {
  /** Of file and change, so that it stays the same while other lines change. */
  readonly id: string;
  readonly file: string;
  readonly line: number;
  /** Stryker's name of the kind of change. */
  readonly mutator: string;
  readonly original: string;
  readonly replacement: string;
  /** The whole file with the change. */
  readonly content: string;
}

type Ignorer = Parameters<Instrumenter['instrument']>[1]['ignorers'][number];
type Logger = ConstructorParameters<typeof Instrumenter>[0];

const SILENT: Logger = {
  isTraceEnabled: () => false,
  isDebugEnabled: () => false,
  isInfoEnabled: () => false,
  isWarnEnabled: () => false,
  isErrorEnabled: () => false,
  isFatalEnabled: () => false,
  trace: () => undefined,
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  fatal: () => undefined,
};

/** What Babel knows of a node. */
interface Node {
  readonly type: string;
  readonly callee?: { readonly name?: string; readonly property?: { readonly name?: string } };
  readonly arguments?: readonly Node[];
  readonly key?: { readonly name?: string };
  readonly value?: Node;
  readonly expression?: Node;
  readonly consequent?: Node;
  readonly alternate?: Node | null;
  readonly body?: Node | readonly Node[];
}

/** Where findings name the rules of scanners. */
const RULES = ['cdkNag', 'cfnNag', 'checkov', 'guard'];

/** Whether code does nothing but acknowledge findings of scanners, or decide which. */
function acknowledges(node: Node | null | undefined): boolean {
  switch (node?.type) {
    case 'CallExpression': {
      const name = node.callee?.name ?? node.callee?.property?.name ?? '';
      return name.startsWith('acknowledge') && !node.arguments?.some(({ type }) => type === 'NewExpression');
    }
    case 'ObjectProperty':
      return RULES.includes(node.key?.name ?? '') && node.value?.type === 'ArrayExpression';
    case 'ExpressionStatement':
      return acknowledges(node.expression);
    case 'IfStatement':
      return [node.consequent, node.alternate ?? node.consequent].every(acknowledges);
    case 'BlockStatement':
    case 'ForOfStatement':
    case 'FunctionDeclaration': {
      const statements = [node.body].flat();
      return statements.length > 0 && statements.every(acknowledges);
    }
    default:
      return false;
  }
}

/** The slow tests of validation and the judges notice a finding that nobody acknowledged. */
const ACKNOWLEDGED: Ignorer = {
  shouldIgnore: (path) =>
    acknowledges((path as unknown as { node: Node }).node) ? 'acknowledged' : undefined,
};

const OPTIONS = { plugins: null, excludedMutations: [], ignorers: [ACKNOWLEDGED], noHeader: true };

/** The mutants that Stryker knows of a file, without texts for people and acknowledged findings. */
export async function mutantsOf(file: string): Promise<Mutant[]> {
  const content = readFileSync(file, 'utf8');
  const starts = [0, ...[...content.matchAll(/\n/g)].map(({ index }) => index + 1)];
  const offset = ({ line, column }: { line: number; column: number }) => (starts[line] ?? 0) + column;
  // It is a module that tsx cannot require.
  const { Instrumenter } = await import('@stryker-mutator/instrumenter');
  const { mutants } = await new Instrumenter(SILENT).instrument(
    [{ name: file, content, mutate: true }],
    OPTIONS,
  );
  const seen = new Map<string, number>();
  return mutants.flatMap(({ location, mutatorName: mutator, replacement, status }) => {
    if (status === 'Ignored') return [];
    const [start, end] = [offset(location.start), offset(location.end)];
    const original = content.slice(start, end);
    if (mutator === 'StringLiteral' && isText(original)) return [];
    const key = [file, mutator, original, replacement].join('\0');
    const count = seen.get(key) ?? 0;
    seen.set(key, count + 1);
    return {
      id: hash(`${key}\0${count}`).slice(0, 12),
      file,
      line: location.start.line + 1,
      mutator,
      original,
      replacement,
      content: `${content.slice(0, start)}${replacement}${content.slice(end)}`,
    };
  });
}

/** Mutants that the seed picks. A larger sample contains the smaller ones. */
export function sample(mutants: readonly Mutant[], seed: string, size: number): Mutant[] {
  return mutants
    .map((mutant) => ({ mutant, rank: hash(`${seed}\0${mutant.id}`) }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1))
    .slice(0, size)
    .map(({ mutant }) => mutant);
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/**
 * Whether a literal of the code is a sentence or a phrase, or what separates the items of a list. Commands,
 * patterns, code and names of controls are none.
 */
function isText(literal: string): boolean {
  const text = literal.slice(1, -1).replaceAll(/\$\{[^]*?\}/g, 'X');
  if (/^(aws|npx|npm|git|import|cd) |^[{$]| --|&&/.test(text)) return false;
  return /\p{L}[’'`”),;:]* [“(`]*\p{L}{2}/u.test(text)
    ? !/^[A-Z]{3,} \w+(\.\w+)?$/.test(text)
    : /^[,;:.] $/.test(text);
}
