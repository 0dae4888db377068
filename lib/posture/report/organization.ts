import { MEMBER_AREAS, problemsOf } from '../organization/render-organization';
import type { MemberPosture } from '../organization/verify-member';
import type { OrganizationPosture } from '../organization/verify-organization';
import { jsonOf } from '../json';
import { allPrintable } from '../shell';
import { consoleLink } from './console-link';
import { csv } from './csv';
import type { Format } from '.';
import { byCheck, byUrgency, needsAction, page, STATUS_NAMES, TO_CONSOLE } from './html';
import { https } from './https';
import { ocsf } from './ocsf';
import { sarifOf } from './sarif';
import { scoreOf, SEVERITIES } from './score';
import { STATUSES, worst } from './traced-controls';
import { verdictOf } from './verdict';

/** Renders the accounts of an organization. */
export function renderOrganizationAs(posture: OrganizationPosture, format: Format): string {
  const { accounts, at, organization, managementAccount } = posture;
  switch (format) {
    case 'html':
      return page('organization', view(allPrintable(posture)));
    case 'json':
      return jsonOf({
        ...posture,
        accounts: accounts.map((one) => ({ ...one, score: scoreOf(one.findings) })),
      });
    case 'csv':
      return csv(...accounts);
    case 'ocsf':
      return ocsf(...accounts);
    case 'sarif':
      return sarifOf(accounts, at, { organization, managementAccount });
  }
}

/** Data of the page. */
function view(posture: OrganizationPosture) {
  const { at } = posture;
  const accounts = posture.accounts.map(shown);
  const open = accounts.flatMap(({ name, open }) =>
    open.map(({ first }) => ({ ...first, where: name, anchor: first.id })),
  );
  return {
    posture,
    verdict: verdictOf(posture.accounts.flatMap(({ findings }) => findings).sort(byUrgency)),
    todo: open.filter(needsAction).sort(byUrgency)[0],
    time: `${at.slice(0, 16).replace('T', ' ')} UTC`,
    areas: Object.entries(MEMBER_AREAS).map(([id, name]) => ({ id, name })),
    accounts,
    problems: problemsOf(posture.accounts),
    statuses: STATUSES,
    severities: SEVERITIES,
    names: { statuses: STATUS_NAMES },
    toConsole: TO_CONSOLE,
    // The page has no list of controls.
    controlIds: new Map<string, string>(),
  };
}

function shown(account: MemberPosture) {
  const { account: id, accountName, unreadable, findings } = account;
  return {
    id,
    name: accountName ?? id,
    unreadable,
    score: scoreOf(findings),
    status: worst(findings) ?? 'unknown',
    areas: Object.fromEntries(
      Object.keys(MEMBER_AREAS).map((area) => [
        area,
        worst(findings.filter((finding) => finding.area === area)) ?? 'unknown',
      ]),
    ),
    open: byCheck(
      findings
        .filter(({ status }) => status !== 'pass')
        .map((finding, index) => {
          const href = https(finding.remedy?.link);
          return {
            ...finding,
            id: `finding-${id}-${index + 1}`,
            help: href === undefined ? undefined : { href, name: TO_CONSOLE },
            console: href === undefined ? consoleLink(finding, account) : undefined,
          };
        }),
    ),
    passed: [...new Set(findings.filter(({ status }) => status === 'pass').map(({ title }) => title))],
  };
}
