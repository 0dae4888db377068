import { readFileSync } from 'node:fs';

/** Fields of the repository's package.json that the package has, too. */
interface RepositoryManifest {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly license: string;
  readonly sideEffects: boolean;
  readonly engines: Readonly<Record<string, string>>;
  readonly bin: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
}

/** An app has one copy of each, or its constructs would not be instances of the same classes. */
const LIBRARIES = ['aws-cdk-lib', 'constructs'];

/** What people or pipelines start, if they deploy with it. */
const CDK_CLI = 'aws-cdk';

const PEERS = [...LIBRARIES, CDK_CLI];

/**
 * The package.json of the published package.
 *
 * @param commit commit that it is built from
 * @param repository name of its repository on GitHub, such as `acme/aws-account-baseline`
 */
export function manifest(commit: string | undefined, repository: string | undefined): object {
  const { name, version, description, license, sideEffects, engines, bin, dependencies } = JSON.parse(
    readFileSync('package.json', 'utf8'),
  ) as RepositoryManifest;
  const ranges = (wanted: (dependency: string) => boolean) =>
    Object.fromEntries(
      Object.entries(dependencies)
        .filter(([dependency]) => wanted(dependency))
        .map(([dependency, pinned]) => [dependency, `^${pinned}`]),
    );
  return {
    name,
    version,
    description,
    license,
    ...homeOf(repository),
    gitHead: commit,
    keywords: ['aws', 'cdk', 'iam', 'security', 'baseline', 'cloudtrail', 'root'],
    sideEffects,
    engines,
    main: './lib/index.js',
    types: './lib/index.d.ts',
    exports: {
      '.': { types: './lib/index.d.ts', default: './lib/index.js' },
      './package.json': './package.json',
    },
    bin,
    peerDependencies: ranges((dependency) => PEERS.includes(dependency)),
    peerDependenciesMeta: { [CDK_CLI]: { optional: true } },
    dependencies: ranges((dependency) => !PEERS.includes(dependency)),
  };
}

/** The field that npm demands of a package with provenance. Messages take the links to runbooks from it. */
export function homeOf(repository: string | undefined) {
  return repository === undefined
    ? {}
    : { repository: { type: 'git', url: `git+https://github.com/${repository}.git` } };
}
