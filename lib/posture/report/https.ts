/** The link if it is an https URL; otherwise undefined, so that no `javascript:` URL becomes a link. */
export function https(link: string | undefined): string | undefined {
  return link !== undefined && URL.canParse(link) && new URL(link).protocol === 'https:' ? link : undefined;
}
