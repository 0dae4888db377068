/** What a release depends on. */
export interface ReleaseState {
  /** Version that is asked for. */
  readonly version: string;
  /** Versions with frozen templates or a tag, in any order. */
  readonly tags: readonly string[];
  readonly branch: string;
  /** Files that differ from the commit, as `git status --porcelain` lists them. */
  readonly changes: string;
  readonly changeLog: string;
}

const VERSION = /^(\d+)\.(\d+)\.(\d+)(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?$/;
const UNRELEASED = /^## \[Unreleased\]\n([^]*?)(?=^## \[|$(?![^]))/m;

/** Everything that blocks a release, one line each. */
export function obstacles({ version, tags, branch, changes, changeLog }: ReleaseState): string[] {
  const newer = tags.filter((tag) => VERSION.test(tag) && !isNewer(version, tag));
  const [, section] = UNRELEASED.exec(changeLog) ?? [];
  return [
    ...(VERSION.test(version)
      ? newer.map((tag) => `${version} is not newer than ${tag}, which was released`)
      : [`The version must be a semantic one, such as 1.0.0 or 1.0.0-rc.1; received "${version}"`]),
    ...(branch === 'main' ? [] : [`Releases are made on the branch main; this is ${branch}`]),
    ...(changes === '' ? [] : [`These files are not committed:\n${changes.trimEnd()}`]),
    ...(section === undefined || section.trim() === ''
      ? ['CHANGELOG.md has nothing under [Unreleased]: write what users must know']
      : []),
  ];
}

/**
 * Whether a version comes after another one: 1.0.0-rc.1, 1.0.0-rc.2, 1.0.0, 1.0.1.
 * @see https://semver.org/#spec-item-11
 */
export function isNewer(version: string, than: string): boolean {
  const [one, other] = [VERSION.exec(version) ?? [], VERSION.exec(than) ?? []];
  for (const part of [1, 2, 3]) {
    const difference = Number(one[part]) - Number(other[part]);
    if (difference !== 0) return difference > 0;
  }
  const [before, after] = [other[4], one[4]];
  if (before === undefined || after === undefined) return before !== after && after === undefined;
  return after.localeCompare(before, 'en', { numeric: true }) > 0;
}

/** The change log with what was unreleased under the version. */
export function withVersion(changeLog: string, version: string, date: string): string {
  return changeLog.replace('## [Unreleased]\n', `## [Unreleased]\n\n## [${version}] - ${date}\n`);
}

/** What the change log says about a version, for the page of its release. */
export function notesOf(changeLog: string, version: string): string {
  const start = changeLog.indexOf(`\n## [${version}]`);
  if (start < 0) throw new Error(`CHANGELOG.md has no section [${version}]`);
  const [, ...lines] = changeLog.slice(start + 1).split('\n');
  const end = lines.findIndex((line) => line.startsWith('## ['));
  return `${lines
    .slice(0, end < 0 ? undefined : end)
    .join('\n')
    .trim()}\n`;
}
