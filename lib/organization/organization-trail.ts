import type { BaselineConfig } from '../config/config';

/**
 * The organization whose members the baseline's trail records.
 *
 * @returns undefined if the trail records this account only, or is not the baseline's
 */
export function organizationTrailOf({
  organization,
  auditTrail,
}: Pick<BaselineConfig, 'organization' | 'auditTrail'>): BaselineConfig['organization'] {
  return organization?.trail === true && auditTrail.existingLogGroup === undefined ? organization : undefined;
}
