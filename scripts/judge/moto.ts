import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { programsOf } from '../../emulator/virtual-environment';
import type { StackTemplate } from '../../lib/stacks/templates';
import { output } from './program';
import type { Objection, Verdict } from './verdict';

interface Report {
  readonly version: string;
  /** Resources that were read as they were sent, by type. */
  readonly equal: Readonly<Record<string, number>>;
  readonly different: readonly {
    readonly type: string;
    readonly resource: string;
    readonly property: string;
    readonly read: unknown;
  }[];
  readonly refused: readonly { readonly type: string; readonly resource: string; readonly message: string }[];
  /** Types that moto lacks. */
  readonly lacking: readonly string[];
  /** Of these, those whose call succeeds, so that moto has them now. */
  readonly known: readonly string[];
  /** Types that nobody compares. */
  readonly unknown: readonly string[];
}

/**
 * Creates each resource of the stacks in moto by the service's own calls, and compares what moto returns with
 * what was sent.
 *
 * @param home folder for moto, which is installed on first use
 * @param stacks in the order of deployment
 */
export async function askMoto(home: string, stacks: readonly StackTemplate[]): Promise<Verdict> {
  const programs = programsOf({
    folder: join(home, 'moto'),
    requirements: join(__dirname, 'moto.requirements.txt'),
    contents: 'moto',
  });
  const byName = Object.fromEntries(stacks.map(({ stackName, template }) => [stackName, template]));
  const folder = mkdtempSync(join(tmpdir(), 'moto-'));
  try {
    const [templates, file] = [join(folder, 'templates.json'), join(folder, 'report.json')];
    writeFileSync(templates, JSON.stringify(byName));
    await output(join(programs, 'python'), [join(__dirname, 'moto_account.py'), templates, file], folder);
    return verdictOf(JSON.parse(readFileSync(file, 'utf8')) as Report);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function verdictOf(report: Report): Verdict {
  const { version, equal, different, refused, lacking, known, unknown } = report;
  const count = Object.values(equal).reduce((sum, one) => sum + one, 0);
  const objection = (rule: string, resource: string, title: string): Objection => ({
    judge: 'moto',
    rule,
    title,
    resource,
  });
  return {
    judge: 'moto',
    version,
    seen: `${count} resources of ${Object.keys(equal).length} types read as sent`,
    objections: [
      ...different.map(({ type, resource, property, read }) =>
        objection(`${type}.${property}`, resource, `moto returned ${JSON.stringify(read)}`),
      ),
      ...refused.map(({ type, resource, message }) => objection(type, resource, message)),
      ...lacking.map((type) => objection(type, 'moto', 'moto lacks the service')),
      ...known.map((type) => objection(type, 'account', 'moto has the service now: compare the type')),
      ...unknown.map((type) => objection(type, 'account', 'the type is not compared with what moto returns')),
    ],
  };
}
