/**
 * Everything in a list that comes in pages. A page may be empty although there are more.
 * @see https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListPolicies.html
 */
export async function allPages<P extends { readonly NextToken?: string | undefined }, T>(
  read: (NextToken?: string) => Promise<P>,
  itemsOf: (page: P) => readonly T[] | undefined,
): Promise<T[]> {
  const found: T[] = [];
  let NextToken: string | undefined;
  do {
    const page = await read(NextToken);
    found.push(...(itemsOf(page) ?? []));
    ({ NextToken } = page);
  } while (NextToken);
  return found;
}
