/**
 * Asks independent scanners about the templates: `npm run judge`. Fails on what scripts/judge/exceptions.ts
 * does not explain, and writes docs/judges.md.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EMULATOR_HOME, REPOSITORY } from '../emulator/emulator';
import { templatesOf } from '../lib/stacks/templates';
import { CONFIGURATIONS, MOTO_CONFIGURATION } from './judge/configurations';
import { EXCEPTIONS } from './judge/exceptions';
import { askJudges, type Suites } from './judge/judges';
import { askMoto } from './judge/moto';
import { askProwler } from './judge/prowler';
import { page, unexplained, unused } from './judge/page';

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
    askMoto(EMULATOR_HOME, templatesOf(MOTO_CONFIGURATION)),
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
