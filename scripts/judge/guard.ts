import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { programsOf } from '../../emulator/virtual-environment';
import { output, type Program } from './program';
import type { Objection, Verdict } from './verdict';

const PACKAGE = dirname(require.resolve('@cdklabs/cdk-validator-cfnguard/package.json'));

/** Rule sets that a clone of the AWS Guard Rules Registry adds. */
const RULE_SETS = ['cis_aws_benchmark_level_2', 'nist800_53rev5', 'wa-Security-Pillar'];

/** A rule, or a part of one, that a template does not meet. */
interface Failure {
  readonly Rule: { readonly name: string };
}

interface Report {
  /** Path of the template. */
  readonly name: string;
  readonly compliant: readonly string[];
  readonly not_compliant: readonly Failure[];
}

/**
 * Asks cfn-guard about the templates in a folder: with the rules of AWS Control Tower's proactive controls,
 * which check what the AWS Foundational Security Best Practices ask for, and with the rules of the AWS Guard
 * Rules Registry that a package contains. `GUARD_RULES_REGISTRY` names a clone that contains them all.
 *
 * @param home folder for the package with the registry's rules, which is installed on first use
 * @param folder folder with the templates, the working directory
 * @see https://docs.aws.amazon.com/controltower/latest/controlreference/proactive-controls.html
 * @see https://github.com/aws-cloudformation/aws-guard-rules-registry
 */
export async function askGuard(home: string, folder: string, files: readonly string[]): Promise<Verdict> {
  const guard: Program = (args) => output(binary(), args, folder);
  const rules = [join(PACKAGE, 'rules/control-tower/cfn-guard'), await packagedRules(home), ...clonedRules()];
  const options = ['--structured', '--output-format', 'json', '--show-summary', 'none'];
  const reports = JSON.parse(
    await guard(['validate', ...options, '--rules', ...rules, '--data', ...files]),
  ) as Report[];
  if (reports.length !== files.length)
    throw new Error(`cfn-guard read ${reports.length} of ${files.length} templates`);
  return {
    judge: 'cfn-guard',
    version: (await guard(['--version'])).trim().split(' ').at(-1) ?? '',
    seen: `${reports.flatMap(({ compliant }) => compliant).length} passed, of AWS Control Tower and the Guard Rules Registry`,
    objections: reports.flatMap(({ name, not_compliant: failures }) =>
      failures.flatMap((failure) => objectionsOf(basename(name, '.template.json'), failure)),
    ),
  };
}

function binary(): string {
  const system = process.platform === 'darwin' ? 'macos' : 'ubuntu';
  return join(PACKAGE, 'bin', system, process.arch === 'arm64' ? 'aarch64' : 'x86_64', 'cfn-guard');
}

async function packagedRules(home: string): Promise<string> {
  const programs = programsOf({
    folder: join(home, 'guard-rules'),
    requirements: join(__dirname, 'guard-rules.requirements.txt'),
    contents: 'rules of the AWS Guard Rules Registry',
  });
  const code = 'import awslabs.aws_iac_mcp_server as package; print(package.__path__[0])';
  const path = await output(join(programs, 'python'), ['-c', code], home);
  return join(path.trim(), 'data/default_guard_rules.guard');
}

function clonedRules(): string[] {
  const clone = process.env['GUARD_RULES_REGISTRY'];
  if (!clone) return [];
  const paths = RULE_SETS.flatMap((set) => {
    const text = readFileSync(join(clone, `mappings/rule_set_${set}.json`), 'utf8');
    const { mappings } = JSON.parse(text) as { mappings: readonly { guardFilePath: string }[] };
    return mappings.map(({ guardFilePath }) => join(clone, guardFilePath));
  });
  return [...new Set(paths)];
}

function objectionsOf(stack: string, failure: Failure): Objection[] {
  const { paths, messages } = readFailure(failure);
  const ids = paths.flatMap((path) => /^\/Resources\/([^/]+)/.exec(path)?.[1] ?? []);
  // A rule about what is missing names no path.
  const resources = ids.length === 0 ? [stack] : [...new Set(ids)].map((id) => `${stack}/${id}`);
  const rule = failure.Rule.name;
  return resources.map((resource) => ({ judge: 'cfn-guard', rule, title: messages[0] ?? '', resource }));
}

/** Collects, at any depth, the places in the template that do not comply, and what to do. */
function readFailure(failure: Failure): { readonly paths: string[]; readonly messages: string[] } {
  const paths: string[] = [];
  const messages: string[] = [];
  JSON.stringify(failure, (key, value: unknown) => {
    // What a value is compared with.
    if (key === 'to') return undefined;
    if (key === 'path') paths.push(String(value));
    if (key === 'custom_message' && typeof value === 'string' && value.trim() !== '')
      messages.push(value.trim().replace(/\s+/g, ' '));
    return value;
  });
  return { paths, messages };
}
