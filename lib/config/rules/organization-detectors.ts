import { describe } from '../errors';
import type { Related } from './related';

/** Detectors that policies enable, which cannot except accounts. */
const BY_POLICY = ['guardDuty', 'securityHub'] as const;

/** What detectors of the organization need from other options. */
export function organizationDetectors({ organization }: Related): string[] {
  if (!organization) return [];
  const { detectors, delegatedAdministrator, exceptAccounts } = organization;
  const wanted = ([...BY_POLICY, 'accessAnalyzer'] as const).filter((name) => detectors[name]);
  const mistake = (name: string, message: string, value: unknown) =>
    describe(`organization.detectors.${name}`, message, value);
  const missing = [
    ...(delegatedAdministrator
      ? []
      : ['organization.delegatedAdministrator, the account that has the findings']),
    ...(detectors.regions || organization.regions
      ? []
      : ['organization.detectors.regions or organization.regions, the Regions to enable it in']),
  ];
  return [
    ...wanted.flatMap((name) => missing.map((what) => mistake(name, `needs ${what}`, true))),
    ...(exceptAccounts.length > 0
      ? BY_POLICY.filter((name) => detectors[name]).map((name) =>
          mistake(
            name,
            'cannot except accounts; remove exceptAccounts and list the covered OUs in ous',
            true,
          ),
        )
      : []),
    ...(detectors.guardDutyPlans.length > 0 && !detectors.guardDuty
      ? [mistake('guardDutyPlans', 'needs organization.detectors.guardDuty', detectors.guardDutyPlans)]
      : []),
  ];
}
