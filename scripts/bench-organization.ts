/** Time and memory of `org verify` on an emulated organization of 200 members, or as many as given. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { startEmulator } from '../emulator/emulator';
import { createOrganization } from '../emulator/organization';
import { fails, type Result, table } from './bench/table';
import { deployVerifyRoles } from './bench/verify-roles';

const REPOSITORY = resolve(__dirname, '..');
/** Ignored by Git, and always safe to delete. */
const HOME = join(REPOSITORY, '.emulator/bench-organization');
const MEMBERS = Number(process.argv[2] ?? 200);
const LIMITS = { seconds: 60, megabytes: 500 };

/** Loaded into the command: writes its peak memory in KiB, and its CPU time in microseconds, when it ends. */
const WITH_USAGE = `process.on('exit', () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  require('node:fs').writeFileSync(process.env.USAGE_FILE, JSON.stringify({ maxRSS, cpu: userCPUTime + systemCPUTime }));
});`;

async function bench(): Promise<void> {
  rmSync(HOME, { recursive: true, force: true });
  mkdirSync(HOME, { recursive: true });
  const emulator = await startEmulator();
  try {
    const { id, rootId, env } = await createOrganization(emulator, MEMBERS);
    await deployVerifyRoles(emulator, { id, rootId });
    const config = join(HOME, 'baseline.config.ts');
    writeFileSync(
      config,
      `import { defineBaseline } from '${join(REPOSITORY, 'lib/config/config')}';
export default defineBaseline({
  administrators: ['alice'],
  notifications: { emails: ['security@example.com'] },
  organization: { id: '${id}', rootId: '${rootId}' },
});\n`,
    );
    writeFileSync(join(HOME, 'usage.cjs'), WITH_USAGE);
    const usageFile = join(HOME, 'usage.json');
    const start = performance.now();
    const command = ['bin/aws-account-baseline.mjs', 'org', 'verify', '--format', 'html', '--config', config];
    const child = spawn(
      process.execPath,
      ['--require', join(HOME, 'usage.cjs'), ...command, '--output', join(HOME, 'report.html')],
      {
        cwd: REPOSITORY,
        env: { ...env, XDG_CACHE_HOME: HOME, USAGE_FILE: usageFile },
        stdio: ['ignore', 'inherit', 'inherit'],
      },
    );
    const [code] = (await once(child, 'close')) as [number];
    const seconds = (performance.now() - start) / 1000;
    // The members lack all settings, so checks fail, and each account was read.
    if (code !== 1) throw new Error(`org verify ended with ${code}, expected 1`);
    const result = (what: string, unit: Result['unit'], measured: number, limit: number): Result => ({
      what,
      unit,
      measured,
      against: { name: 'limit of ours', value: limit },
      budget: 1,
    });
    const { maxRSS, cpu } = JSON.parse(readFileSync(usageFile, 'utf8')) as { maxRSS: number; cpu: number };
    const results = [
      result(`org verify, ${MEMBERS} members`, 's', seconds, LIMITS.seconds),
      // On a busy machine, this says more than the time that passed.
      { ...result('its CPU time', 's', cpu / 1e6, LIMITS.seconds), informative: true },
      result('its peak memory', 'bytes', maxRSS * 1024, LIMITS.megabytes * 1024 * 1024),
    ];
    console.log(table(results));
    if (results.some(fails)) process.exitCode = 1;
  } finally {
    await emulator.stop();
  }
}

void bench();
