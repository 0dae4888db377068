/** The link if it is an https URL; undefined otherwise, so that no `javascript:` becomes one. */
export function https(link: string | undefined): string | undefined {
  return link !== undefined && URL.canParse(link) && new URL(link).protocol === 'https:' ? link : undefined;
}
