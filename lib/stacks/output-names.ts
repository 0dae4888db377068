/**
 * Names of outputs that begin or end with names of people or repositories. They contain only letters and
 * digits, so those that differ only in other characters get a number.
 */
export function outputNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const letters = name.replace(/[^A-Za-z0-9]/g, '');
    let unique = letters;
    for (let number = 2; taken.has(unique); number++) unique = `${letters}${number}`;
    taken.add(unique);
    return unique;
  });
}
