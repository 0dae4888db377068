import { anomalyDetectionElsewhere } from './billing';
import { dayZeroNotListed } from './day-zero';
import { duplicates } from './duplicates';
import { existingTrail, longPatterns } from './existing-trail';
import { samlMetadataErrors, samlRoleTwice } from './federation';
import { organizationTrail } from './organization-trail';
import {
  elsewhereRooted,
  longPolicies,
  memberGroups,
  regionsForPolicy,
  regionsMissing,
  unexceptable,
  unprotectedExemptions,
} from './organization';
import { organizationDetectors } from './organization-detectors';
import { organizationStructure } from './organization-structure';
import {
  administratorsAsViewers,
  breakGlassListed,
  nobodyAdministers,
  otherwiseSpelled,
  peopleWithoutRoles,
  revokedWithoutRoles,
  takenGroupName,
  tooManyNames,
} from './people';
import { type Related, related } from './related';

/** Rules that return the errors between options. */
const RULES: readonly ((options: Related) => string[])[] = [
  duplicates,
  administratorsAsViewers,
  takenGroupName,
  breakGlassListed,
  peopleWithoutRoles,
  revokedWithoutRoles,
  nobodyAdministers,
  otherwiseSpelled,
  tooManyNames,
  samlMetadataErrors,
  samlRoleTwice,
  anomalyDetectionElsewhere,
  existingTrail,
  organizationDetectors,
  organizationTrail,
  longPatterns,
  dayZeroNotListed,
  elsewhereRooted,
  memberGroups,
  regionsForPolicy,
  regionsMissing,
  unprotectedExemptions,
  unexceptable,
  longPolicies,
  organizationStructure,
];

/** Errors between options. Options that are invalid by themselves do not prevent this check. */
export function contradictions(written: unknown): string[] {
  const { data } = related.safeParse(written);
  return data ? RULES.flatMap((rule) => rule(data)) : [];
}
