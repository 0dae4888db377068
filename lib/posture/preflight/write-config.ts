import { createTwoFilesPatch } from 'diff';
import ts from 'typescript';
import { UsageError } from '../commands/exit-code';
import { literalOf } from './literal';
import type { Adoption } from './plan';

/**
 * Sets an option in the source of a configuration, and leaves everything else unchanged, including comments.
 *
 * @param isReplaced whether a value that the option has may be replaced
 * @throws {UsageError} if the options are not a literal in the call of defineBaseline, or the option already
 * has a value
 */
export function setOption(source: string, { path, value }: Adoption, isReplaced = false): string {
  const file = ts.createSourceFile('baseline.config.ts', source, ts.ScriptTarget.Latest, true);
  const options = optionsOf(file);
  const result = options
    ? set(source, options, path, value, isReplaced)
    : { fault: 'defineBaseline is not called with an object' };
  if (typeof result === 'string') return result;
  throw new UsageError(
    `${path.join('.')} could not be written: ${result.fault}; set it to ${literalOf(value)} manually`,
  );
}

/** The change as a unified diff. */
export function difference(name: string, before: string, after: string): string {
  return createTwoFilesPatch(name, name, before, after, undefined, undefined, { context: 3 });
}

function set(
  source: string,
  object: ts.ObjectLiteralExpression,
  [key = '', ...rest]: readonly string[],
  value: Adoption['value'],
  isReplaced: boolean,
): string | { readonly fault: string } {
  const property = object.properties.find((one) => one.name?.getText().replace(/['"]/g, '') === key);
  if (!property) {
    const text = rest.reduceRight((inner, name) => `{ ${name}: ${inner} }`, literalOf(value));
    return append(source, object, `${key}: ${text}`);
  }
  if (!ts.isPropertyAssignment(property)) return { fault: `${key} is not a literal` };
  const { initializer } = property;
  if (rest.length > 0 && ts.isObjectLiteralExpression(initializer)) {
    return set(source, initializer, rest, value, isReplaced);
  }
  if (isReplaced && rest.length === 0) {
    return source.slice(0, initializer.getStart()) + literalOf(value) + source.slice(initializer.getEnd());
  }
  return { fault: `${key} already has a value` };
}

/** Appends after the last property, in the same style. A comment after that property stays there. */
function append(source: string, object: ts.ObjectLiteralExpression, text: string): string {
  const splice = (start: number, end: number, inserted: string) =>
    source.slice(0, start) + inserted + source.slice(end);
  const last = object.properties.at(-1);
  if (!last) return splice(object.getStart() + 1, object.getEnd() - 1, ` ${text} `);
  const end = last.getEnd();
  const endOfLine = source.indexOf('\n', end);
  if (endOfLine < 0 || object.getEnd() <= endOfLine) return splice(end, end, `, ${text}`);
  const [indent = ''] = /(?<=\n)[ \t]*$/.exec(source.slice(0, last.getStart())) ?? [];
  const comma = object.properties.hasTrailingComma ? '' : ',';
  return splice(end, endOfLine, `${comma}${source.slice(end, endOfLine)}\n${indent}${text},`);
}

function optionsOf(node: ts.Node): ts.ObjectLiteralExpression | undefined {
  if (ts.isCallExpression(node) && node.expression.getText() === 'defineBaseline') {
    const [options] = node.arguments;
    if (options && ts.isObjectLiteralExpression(options)) return options;
  }
  return ts.forEachChild(node, optionsOf);
}
