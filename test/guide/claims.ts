/** Rows of the tables of a page whose last column is the proof. */
export function claimsOf(page: string): string[] {
  const tables = page.match(/^\|.*\n(?:\|.*\n)+/gm) ?? [];
  return tables.flatMap((table) => {
    const [header = '', , ...rows] = table.trim().split('\n');
    return /\| proof +\|$/.test(header) ? rows : [];
  });
}

/** Claims whose last column links to no test. That the file exists is checked for all links. */
export function claimsWithoutTest(claims: readonly string[]): string[] {
  return claims.filter((claim) => !/\]\((?:\.\.\/)*test\/[^)]+\.test\.ts\) *[^|]*\|$/.test(claim));
}
