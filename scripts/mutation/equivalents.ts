import type { Mutant } from './mutants';

/** Mutants that no test can or should notice: all with this text in the file. */
interface Equivalent extends Pick<Mutant, 'file' | 'original' | 'replacement'> {
  readonly reason: string;
}

export const EQUIVALENTS: readonly Equivalent[] = [];

export function isEquivalent(mutant: Mutant): boolean {
  return EQUIVALENTS.some(
    ({ file, original, replacement }) =>
      file === mutant.file && original === mutant.original && replacement === mutant.replacement,
  );
}
