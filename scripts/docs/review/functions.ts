import { createHash } from 'node:crypto';
import { basename, dirname } from 'node:path';
import { property, type Resource, resourcesOf, type Reviewed } from './template';
import { code, text } from './words';

/** A function of a template, whose code is in it. */
export interface ReviewedFunction {
  readonly logicalId: string;
  readonly resource: Resource;
  /** SHA-256 of the code, the UTF-8 text of `Code.ZipFile`, in hexadecimal digits. */
  readonly sha256: string;
  readonly lines: number;
  /** Files that esbuild put together, in their order in the code. */
  readonly sources: readonly string[];
}

/** The functions of a stack. */
export function functionsOf(stack: Reviewed): ReviewedFunction[] {
  return resourcesOf(stack)
    .filter(([, { Type }]) => Type === 'AWS::Lambda::Function')
    .map(([logicalId, resource]) => {
      const { ZipFile } = property(resource, 'Code') as { ZipFile?: unknown };
      if (typeof ZipFile !== 'string') throw new Error(`the code of ${logicalId} is not in the template`);
      return {
        logicalId,
        resource,
        sha256: createHash('sha256').update(ZipFile).digest('hex'),
        lines: ZipFile.replace(/\n$/, '').split('\n').length,
        sources: [
          ...new Set(
            [...ZipFile.matchAll(/^\/\/ ((?:lib|node_modules)\/\S+)$/gm)].map(([, file = '']) => file),
          ),
        ],
      };
    });
}

/** What a reviewer compares, one line each. */
export function factsOf({ resource, sha256, lines, sources }: ReviewedFunction, stack: Reviewed): string[] {
  const variables = (property(resource, 'Environment') as { Variables?: Record<string, unknown> } | undefined)
    ?.Variables;
  return [
    `SHA-256 of the code: \`${sha256}\` (${lines} lines)`,
    `Runtime: \`${text(property(resource, 'Runtime'), stack)}\`; memory: ${text(property(resource, 'MemorySize') ?? 128, stack)} MB; ` +
      `timeout: ${text(property(resource, 'Timeout') ?? 3, stack)} seconds; role: ${code(property(resource, 'Role'), stack)}`,
    `Environment: ${
      variables
        ? Object.entries(variables)
            .map(([name, value]) => `\`${name}\` = \`${text(value, stack)}\``)
            .join(', ')
        : 'none'
    }`,
    `Source files: ${byFolder(sources)}`,
  ];
}

/** Files by their folder, as a line. */
function byFolder(files: readonly string[]): string {
  const folders = [...new Set(files.map((file) => dirname(file)))];
  return folders
    .map((folder) => {
      const own = files.filter((file) => dirname(file) === folder).map((file) => `\`${basename(file)}\``);
      return `in [${folder}](../../${folder}): ${own.join(', ')}`;
    })
    .join('; ');
}
