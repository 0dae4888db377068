import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { access } from './docs/access';
import { acknowledgedFindings } from './docs/acknowledged-findings';
import { alarmRunbook } from './docs/alarms';
import { checks } from './docs/checks';
import { configuration } from './docs/configuration';
import { controls } from './docs/controls';
import { cost } from './docs/cost';
import { decisions } from './docs/decisions';
import { foreignRulesPage } from './docs/foreign-rules';
import { handsPage } from './docs/hands';
import { licences } from './docs/licences';
import { livePage } from './docs/live';
import { mutation } from './docs/mutation';
import { noise } from './docs/noise';
import { organizationPolicies } from './docs/organization-policies';
import { organizationScale } from './docs/organization-scale';
import { scale } from './docs/scale';
import { seededErrors } from './docs/seeded-errors';
import { configure, readme } from './docs/readme';
import { PICTURES } from './docs/pictures/pictures';
import { recordingsPage } from './docs/recordings';
import { REVIEW_PAGES, reviewGuide } from './docs/review';
import { remove } from './docs/remove';
import { rootUserTasks } from './docs/root-user-tasks';
import { silencing } from './docs/silencing';
import { threatModel } from './docs/threat-model';

/** Derived documents, and the functions that render them. */
export const DOCUMENTS: Readonly<Record<string, () => string | Promise<string>>> = {
  'README.md': readme,
  'docs/configure.md': configure,
  'docs/access.md': access,
  'docs/acknowledged-findings.md': acknowledgedFindings,
  'docs/configuration.md': configuration,
  'docs/checks.md': checks,
  'docs/controls.md': controls,
  'docs/cost.md': cost,
  'docs/decisions/README.md': decisions,
  'docs/foreign-rules.md': foreignRulesPage,
  'docs/hands.md': handsPage,
  'docs/licences.md': licences,
  'docs/live.md': livePage,
  'docs/mutation.md': mutation,
  'docs/noise.md': noise,
  'docs/organization-policies.md': organizationPolicies,
  'docs/organization-scale.md': organizationScale,
  'docs/scale.md': scale,
  'docs/seeded-errors.md': seededErrors,
  ...PICTURES,
  'docs/recordings.md': recordingsPage,
  'docs/remove.md': remove,
  'docs/review/README.md': reviewGuide,
  ...REVIEW_PAGES,
  'docs/runbooks/alarms.md': alarmRunbook,
  'docs/runbooks/root-user-tasks.md': rootUserTasks,
  'docs/silencing.md': silencing,
  'docs/threat-model.md': threatModel,
};

async function write(): Promise<void> {
  for (const [path, render] of Object.entries(DOCUMENTS)) {
    const text = await render();
    mkdirSync(dirname(path), { recursive: true });
    const stale = readFileSync(path, { encoding: 'utf8', flag: 'a+' }) !== text;
    if (stale) writeFileSync(path, text);
    console.log(`${path}: ${stale ? 'written' : 'up to date'}`);
  }
}

if (require.main === module) void write();
