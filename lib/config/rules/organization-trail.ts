import { describe } from '../errors';
import type { Related } from './related';

/** Options of the organization's trail, which is the baseline's own. */
export function organizationTrail({ organization, auditTrail }: Related): string[] {
  if (!organization) return [];
  const { trail, logArchive } = organization;
  const errors: string[] = [];
  if (auditTrail.existingLogGroup !== undefined) {
    if (trail === true) {
      const message =
        "needs the baseline's own trail; remove it, because auditTrail.existingLogGroup names an existing one";
      errors.push(describe('organization.trail', message, trail));
    }
    if (logArchive) {
      const message = "needs the baseline's own trail; remove it, or remove auditTrail.existingLogGroup";
      errors.push(describe('organization.logArchive', message, logArchive.bucket));
    }
  } else if (trail === false && logArchive) {
    const message = 'needs the trail of the organization; remove it, or remove organization.trail';
    errors.push(describe('organization.logArchive', message, logArchive.bucket));
  }
  return errors;
}
