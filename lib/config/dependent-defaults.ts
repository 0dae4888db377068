import type { ParsedOptions } from './options';
import { PROFILE_DEFAULTS } from './profiles';

/**
 * Fills in the defaults that depend on other options: on the profile, and on whether the baseline creates a
 * trail.
 */
export function withDependentDefaults(options: ParsedOptions) {
  const { customerKey, s3DataEvents, ...detectors } = PROFILE_DEFAULTS[options.profile];
  return {
    ...options,
    customerKey: options.customerKey ?? customerKey,
    auditTrail: withTrailDefaults(options.auditTrail, s3DataEvents),
    detectors: {
      configRecorder: options.detectors.configRecorder ?? detectors.configRecorder,
      guardDuty: options.detectors.guardDuty ?? detectors.guardDuty,
      securityHub: options.detectors.securityHub ?? detectors.securityHub,
    },
  };
}

/** An existing trail gets neither a name nor data events. */
function withTrailDefaults(options: ParsedOptions['auditTrail'], s3DataEvents: boolean) {
  if (options.existingLogGroup !== undefined)
    return { ...options, s3DataEvents: options.s3DataEvents ?? false };
  const { trailName = 'account-baseline' } = options;
  return { ...options, trailName, s3DataEvents: options.s3DataEvents ?? s3DataEvents };
}
