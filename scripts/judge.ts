/**
 * Asks independent scanners about the templates: `npm run judge`. Fails on what scripts/judge/exceptions.ts
 * does not explain, and writes docs/judges.md.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EMULATOR_HOME, REPOSITORY } from '../emulator/emulator';
import type { BaselineConfig } from '../lib/config/config';
import { templatesOf } from '../lib/stacks/templates';
import { smallest } from './docs/smallest';
import { EXCEPTIONS } from './judge/exceptions';
import { askJudges, type Suites } from './judge/judges';
import { askMoto } from './judge/moto';
import { askProwler } from './judge/prowler';
import { page, unexplained, unused } from './judge/page';

const GROUP = 'a4e8f458-1234-5678-9abc-def012345678';

/** Configurations that together have every stack. */
const CONFIGURATIONS = {
  free: smallest('free'),
  standard: smallest('standard'),
  strict: smallest('strict'),
  everything: smallest('strict', {
    region: 'us-east-1',
    access: { mode: 'roles', delegation: true, breakGlass: ['break-glass-1', 'break-glass-2'] },
    billing: { viewers: ['carol'], costAnomalyDetection: true },
    federation: {
      pipelines: { github: [{ repository: 'acme/account', rights: 'baseline', deploy: { branch: 'main' } }] },
      identityCenter: {
        instanceArn: 'arn:aws:sso:::instance/ssoins-0123456789abcdef',
        administrators: { Administrators: GROUP },
        auditors: { Auditors: GROUP },
      },
    },
    notifications: {
      emails: ['security@example.com'],
      slack: { workspaceId: 'T0123', channelId: 'C0123' },
    },
    organization: { id: 'o-a1b2c3d4e5', rootId: 'r-a1b2' },
    accountSettings: { removeDefaultVpcs: true, emptyDefaultSecurityGroups: true },
  }),
} as const satisfies Readonly<Record<string, BaselineConfig>>;

function suites(): Suites {
  return Object.fromEntries(
    Object.entries(CONFIGURATIONS).map(([name, config]) => {
      const templates = templatesOf(config).map(({ stackName, template }) => [
        stackName.slice(config.stackName.length + 1),
        template,
      ]);
      return [name, Object.fromEntries(templates)];
    }),
  );
}

async function main(): Promise<void> {
  const [ofTemplates, ofAccount, ofMoto] = await Promise.all([
    askJudges(EMULATOR_HOME, suites()),
    askProwler(
      EMULATOR_HOME,
      templatesOf(CONFIGURATIONS.strict).map(({ stackName: name, template }) => ({
        name,
        template: template as object,
      })),
    ),
    askMoto(
      EMULATOR_HOME,
      Object.fromEntries(
        templatesOf(CONFIGURATIONS.everything).map(({ stackName, template }) => [
          stackName,
          template as object,
        ]),
      ),
    ),
  ]);
  const verdicts = [...ofTemplates, ofAccount, ofMoto];
  const problems = [
    ...unexplained(verdicts, EXCEPTIONS).map(
      ({ judge, rule, title, resource }) => `${judge} ${rule} at ${resource}: ${title}`,
    ),
    ...unused(verdicts, EXCEPTIONS).map(
      ({ judge, rule }) => `${judge} ${rule} was not found, so its exception can be removed`,
    ),
  ];
  for (const { judge, version, objections } of verdicts) {
    console.log(`${judge} ${version}: ${objections.length} objections`);
  }
  if (problems.length > 0) {
    console.error([...new Set(problems)].join('\n'));
    process.exitCode = 1;
    return;
  }
  const date = new Date().toISOString().slice(0, 10);
  writeFileSync(join(REPOSITORY, 'docs/judges.md'), page(date, verdicts, EXCEPTIONS));
}

void main();
