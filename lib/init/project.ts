import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { BaselineOptions } from '../config/config';
import { loadFeatureFlags } from '../config/load-feature-flags';
import { DEFAULT_PREFIX } from '../config/options';
import { roleName } from '../federation/pipelines/pipelines';
import { workflow } from './workflow';

/** What a new project needs to know. */
export interface Answers {
  /** IAM user names of the administrators. */
  readonly administrators: readonly string[];
  /** Recipients of notifications. */
  readonly emails: readonly string[];
  /** Home Region. */
  readonly region: string;
  /**
   * GitHub repository, such as `example-co/aws-account`, whose pipeline deploys the project.
   * @default - people deploy it
   */
  readonly repository?: string;
  /**
   * Where npm gets this package: a version, a path, or an address.
   * @default - the version that is running
   */
  readonly package?: string;
}

/** The branch and the environment that deploy. */
const DEPLOYED_BY = { environment: 'production', branch: 'main' };

/** The branch whose pipeline checks the account once a week. */
const VERIFIED_BY = { branch: DEPLOYED_BY.branch };

/** The configuration that the answers lead to. */
export function optionsOf({ administrators, emails, region, repository }: Answers): BaselineOptions {
  return {
    administrators: [...administrators],
    notifications: { emails: [...emails] },
    region,
    ...(repository === undefined
      ? {}
      : {
          federation: {
            pipelines: {
              github: [{ repository, rights: 'baseline', deploy: DEPLOYED_BY, verify: VERIFIED_BY }],
            },
          },
        }),
  };
}

/** The files of a new project, by their paths. */
export function projectFiles(answers: Answers): Readonly<Record<string, string>> {
  const { region, repository } = answers;
  return {
    'package.json': json(manifest(answers.package)),
    'cdk.json': json({
      app: 'node --single-threaded-gc node_modules/aws-account-baseline/bin/app.mjs',
      versionReporting: false,
      context: loadFeatureFlags(),
    }),
    'baseline.config.ts': configuration(answers),
    '.gitignore': 'node_modules\ncdk.out\nbaseline-report.html\n',
    ...(repository === undefined
      ? {}
      : {
          '.github/workflows/account.yml': workflow({
            region,
            ...DEPLOYED_BY,
            roleOf: (what) => roleName(DEFAULT_PREFIX, basename(repository), what),
          }),
        }),
  };
}

const json = (value: unknown) => `${JSON.stringify(value, undefined, 2)}\n`;

function manifest(source: string | undefined): object {
  const { name, version, peerDependencies, dependencies } = JSON.parse(
    readFileSync(join(__dirname, '../../package.json'), 'utf8'),
  ) as {
    name: string;
    version: string;
    /** Only the published package has them. */
    peerDependencies?: Readonly<Record<string, string>>;
    dependencies: Readonly<Record<string, string>>;
  };
  const of = (dependency: string) => ({
    [dependency]: peerDependencies?.[dependency] ?? dependencies[dependency],
  });
  return {
    name: 'aws-account',
    private: true,
    scripts: {
      diff: `${name} diff`,
      deploy: 'cdk deploy --all',
      preflight: `${name} preflight`,
      verify: `${name} verify`,
    },
    dependencies: { [name]: source ?? `^${version}`, ...of('aws-cdk-lib'), ...of('constructs') },
    devDependencies: of('aws-cdk'),
  };
}

function configuration({ administrators, emails, region, repository }: Answers): string {
  const lines = [
    `administrators: [${administrators.map(quoted).join(', ')}],`,
    `notifications: { emails: [${emails.map(quoted).join(', ')}] },`,
    `region: ${quoted(region)},`,
    ...(repository === undefined
      ? []
      : [
          'federation: {',
          '  pipelines: {',
          '    github: [',
          '      {',
          `        repository: ${quoted(repository)},`,
          '        // If it was created, renamed, or transferred since 2026-07-15, write the two numbers of',
          `        // gh api repos/${repository} --jq '[.owner.id, .id]'`,
          "        // ids: { owner: '1234567', repository: '7654321' },",
          "        rights: 'baseline',",
          `        deploy: { environment: ${quoted(DEPLOYED_BY.environment)}, branch: ${quoted(DEPLOYED_BY.branch)} },`,
          `        verify: { branch: ${quoted(VERIFIED_BY.branch)} },`,
          '      },',
          '    ],',
          '  },',
          '},',
        ]),
  ];
  return `import { defineBaseline } from 'aws-account-baseline';

// The configuration of your account. Hover over a name for its meaning.
export default defineBaseline({
${lines.map((line) => `  ${line}`).join('\n')}
});
`;
}

/** A TypeScript string. */
function quoted(text: string): string {
  return /['\\\n]/.test(text) ? JSON.stringify(text) : `'${text}'`;
}
