import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Emulator, startEmulator } from '../../emulator/emulator';
import { EmulatedSuite, type SuiteStack } from '../../emulator/suite';
import { programsOf } from '../../emulator/virtual-environment';
import { output } from './program';
import type { Verdict } from './verdict';

interface Report {
  readonly version: string;
  readonly findings: readonly {
    readonly check: string;
    /** Whether CIS 7.0 contains the check. */
    readonly cis: boolean;
    readonly status: 'PASS' | 'FAIL' | 'MANUAL';
    readonly resource: string;
    readonly title: string;
  }[];
  /** Checks that could not be run. */
  readonly broken: readonly { readonly check: string; readonly error: string }[];
}

/**
 * Asks prowler about an emulated account, before and after the stacks are deployed.
 *
 * @param home folder for prowler, which is installed on first use
 */
export async function askProwler(home: string, stacks: readonly SuiteStack[]): Promise<Verdict> {
  const programs = programsOf({
    folder: join(home, 'prowler'),
    requirements: join(__dirname, 'prowler.requirements.txt'),
    contents: 'prowler',
  });
  const emulator = await startEmulator();
  try {
    const before = await scan(programs, emulator);
    const suite = new EmulatedSuite(emulator);
    const statuses = await suite.deploy(stacks);
    const failed = Object.entries(statuses).filter(([, status]) => status !== 'CREATE_COMPLETE');
    if (failed.length > 0) throw new Error(`not deployed: ${JSON.stringify(failed)}`);
    const after = await scan(programs, emulator);
    const names = new Map(
      (await suite.find(() => true)).map(({ stack, logicalId, physicalId }) => [
        physicalId,
        `${stack.split('-').at(-1) ?? ''}/${logicalId}`,
      ]),
    );
    return {
      judge: 'prowler',
      version: after.version,
      seen: `CIS 7.0: ${passed(before, true)} before, ${passed(after, true)} after; all: ${passed(before)}, ${passed(after)}`,
      objections: after.findings
        // The emulator's own bucket has the templates.
        .filter(({ status, resource }) => status === 'FAIL' && !resource.startsWith('templates-'))
        .map(({ check, resource, title }) => ({
          judge: 'prowler',
          rule: check,
          title,
          resource: names.get(resource) ?? 'account',
        })),
    };
  } finally {
    await emulator.stop();
  }
}

async function scan(programs: string, { env, region }: Emulator): Promise<Report> {
  const folder = mkdtempSync(join(tmpdir(), 'prowler-'));
  try {
    const file = join(folder, 'findings.json');
    const script = join(__dirname, 'scan.py');
    await output(join(programs, 'python'), [script, file, region, 'eu-central-1'], folder, env);
    const report = JSON.parse(readFileSync(file, 'utf8')) as Report;
    if (report.broken.length > 0) throw new Error(`prowler could not run ${JSON.stringify(report.broken)}`);
    return report;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Such as `49 of 61`. What only people can check counts as neither. */
function passed({ findings }: Report, onlyCis = false): string {
  const judged = findings.filter(({ status, cis }) => status !== 'MANUAL' && (cis || !onlyCis));
  return `${judged.filter(({ status }) => status === 'PASS').length} of ${judged.length}`;
}
