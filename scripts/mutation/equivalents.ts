import type { Mutant } from './mutants';

/** Mutants that no test can or should notice: all with this text in the file. */
interface Equivalent extends Pick<Mutant, 'file' | 'original' | 'replacement'> {
  readonly reason: string;
}

const ACKNOWLEDGED = 'It decides only which findings of scanners are acknowledged.';

export const EQUIVALENTS: readonly Equivalent[] = [
  {
    file: 'lib/access/console-group.ts',
    original: 'props.groupName !== undefined',
    replacement: 'props.groupName === undefined',
    reason: ACKNOWLEDGED,
  },
  {
    file: 'lib/access/delegation.ts',
    original: "['role', 'user', 'instance-profile']",
    replacement: '[]',
    reason: ACKNOWLEDGED,
  },
  {
    file: 'lib/settings/setting-function.ts',
    original: '!arns',
    replacement: 'true',
    reason: ACKNOWLEDGED,
  },
];

export function isEquivalent(mutant: Mutant): boolean {
  return EQUIVALENTS.some(
    ({ file, original, replacement }) =>
      file === mutant.file && original === mutant.original && replacement === mutant.replacement,
  );
}
