import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { programsOf } from '../../emulator/virtual-environment';
import type { Json } from '../../lib/stacks/merged';
import { askGuard } from './guard';
import { identityPolicies } from './policies';
import { output, type Program } from './program';
import type { Verdict } from './verdict';

/** Templates by configuration and stack. */
export type Suites = Readonly<Record<string, Readonly<Record<string, Json>>>>;

/**
 * Asks each judge about the templates.
 *
 * @param home folder for the programs, which are installed on first use
 */
export async function askJudges(home: string, suites: Suites): Promise<Verdict[]> {
  const programs = programsOf({
    folder: join(home, 'judge'),
    requirements: join(__dirname, 'requirements.txt'),
    contents: 'the judges (cfn-lint, checkov, parliament)',
  });
  const folder = mkdtempSync(join(tmpdir(), 'judge-'));
  try {
    const files = writeAll(folder, suites);
    const program = (name: string) => (args: readonly string[]) => output(join(programs, name), args, folder);
    return [
      await askLint(program('cfn-lint'), files),
      await askGuard(home, folder, files),
      await askCheckov(program('checkov')),
      await askParliament(program('parliament'), folder, suites),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function writeAll(folder: string, suites: Suites): string[] {
  return Object.entries(suites).flatMap(([configuration, templates]) => {
    mkdirSync(join(folder, configuration));
    return Object.entries(templates).map(([stack, template]) => {
      const file = join(configuration, `${stack}.template.json`);
      writeFileSync(join(folder, file), JSON.stringify(template, undefined, 1));
      return file;
    });
  });
}

const stackOf = (file: string): string => basename(file, '.template.json');

async function askLint(lint: Program, files: readonly string[]): Promise<Verdict> {
  interface Match {
    readonly Filename: string;
    readonly Location: { readonly Path: readonly unknown[] };
    readonly Rule: { readonly Id: string; readonly ShortDescription: string };
  }
  const matches = JSON.parse(await lint(['--format', 'json', '--', ...files])) as Match[];
  return {
    judge: 'cfn-lint',
    version: (await lint(['--version'])).trim().split(' ').at(-1) ?? '',
    seen: `${files.length} templates`,
    objections: matches.map(({ Filename, Location, Rule }) => ({
      judge: 'cfn-lint',
      rule: Rule.Id,
      title: Rule.ShortDescription,
      resource: `${stackOf(Filename)}/${String(Location.Path[1])}`,
    })),
  };
}

async function askCheckov(checkov: Program): Promise<Verdict> {
  interface Check {
    readonly check_id: string;
    readonly check_name: string;
    readonly file_path: string;
    readonly resource: string;
  }
  interface Report {
    readonly results: { readonly failed_checks: readonly Check[] };
    readonly summary: Readonly<Record<'passed' | 'skipped' | 'parsing_errors', number>>;
  }
  // Neither reads rules from the internet nor asks for a version.
  const args = [
    '-d',
    '.',
    '--framework',
    'cloudformation',
    '-o',
    'json',
    '--compact',
    '--quiet',
    '--skip-download',
  ];
  const { results, summary } = JSON.parse(await checkov(args)) as Report;
  if (summary.parsing_errors > 0)
    throw new Error(`checkov could not read ${summary.parsing_errors} templates`);
  return {
    judge: 'checkov',
    version: (await checkov(['--version'])).trim(),
    seen: `${summary.passed} passed, ${summary.skipped} acknowledged in the templates`,
    objections: results.failed_checks.map((check) => ({
      judge: 'checkov',
      rule: check.check_id,
      title: check.check_name,
      resource: `${stackOf(check.file_path)}/${check.resource.split('.').at(-1) ?? ''}`,
    })),
  };
}

async function askParliament(parliament: Program, folder: string, suites: Suites): Promise<Verdict> {
  interface Finding {
    readonly issue: string;
    readonly title: string;
    readonly location: { readonly filepath: string };
  }
  const policies = join(folder, 'policies');
  mkdirSync(policies);
  let count = 0;
  for (const [configuration, templates] of Object.entries(suites)) {
    for (const [stack, template] of Object.entries(templates)) {
      for (const [id, text] of Object.entries(identityPolicies(template))) {
        writeFileSync(join(policies, `${configuration}.${stack}.${id}.json`), text);
        count += 1;
      }
    }
  }
  const lines = await parliament(['--directory', policies, '--json']);
  const findings = lines
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Finding);
  return {
    judge: 'parliament',
    version: (await parliament(['--version'])).trim().split(' ').at(-1) ?? '',
    seen: `${count} identity policies`,
    objections: findings.map(({ issue, title, location }) => {
      const [, stack = '', id = ''] = basename(location.filepath).split('.');
      return { judge: 'parliament', rule: issue, title, resource: `${stack}/${id.split('-')[0] ?? ''}` };
    }),
  };
}
