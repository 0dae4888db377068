import type { ParsedOptions } from './options';
import { PROFILE_DEFAULTS } from './profiles';
import { configuredFile } from './saml-metadata';

/** The options, with the defaults that depend on other options. */
export type DefaultedOptions = ParsedOptions & {
  customerKey: boolean;
  auditTrail: { s3DataEvents: boolean };
  organization?: { trail: boolean } | undefined;
  detectors: Record<keyof ParsedOptions['detectors'], boolean>;
};

/**
 * Fills in the defaults that depend on other options: on the profile, and on whether the baseline creates a
 * trail. Paths become absolute.
 */
export function withDependentDefaults(options: ParsedOptions): DefaultedOptions {
  const { customerKey, s3DataEvents, ...detectors } = PROFILE_DEFAULTS[options.profile];
  const { organization, ...others } = options;
  return {
    ...others,
    customerKey: options.customerKey ?? customerKey,
    federation: withAbsolutePaths(options.federation),
    auditTrail: withTrailDefaults(options.auditTrail, s3DataEvents),
    ...withOrganizationDefaults(organization, options.auditTrail),
    detectors: {
      configRecorder: options.detectors.configRecorder ?? detectors.configRecorder,
      guardDuty: options.detectors.guardDuty ?? detectors.guardDuty,
      securityHub: options.detectors.securityHub ?? detectors.securityHub,
    },
  };
}

/** An existing trail is not made one of the organization. */
function withOrganizationDefaults(
  organization: ParsedOptions['organization'],
  auditTrail: ParsedOptions['auditTrail'],
): {
  organization?: (NonNullable<ParsedOptions['organization']> & { trail: boolean }) | undefined;
} {
  if (!organization) return {};
  const trail = organization.trail ?? auditTrail.existingLogGroup === undefined;
  return { organization: { ...organization, trail } };
}

/** The file is read again when the stacks are built, wherever that is. */
function withAbsolutePaths({ saml, ...others }: ParsedOptions['federation']) {
  return { ...others, ...(saml ? { saml: { ...saml, metadata: configuredFile(saml.metadata) } } : {}) };
}

/** An existing trail gets neither a name nor data events. */
function withTrailDefaults(options: ParsedOptions['auditTrail'], s3DataEvents: boolean) {
  if (options.existingLogGroup !== undefined)
    return { ...options, s3DataEvents: options.s3DataEvents ?? false };
  const { trailName = 'account-baseline' } = options;
  return { ...options, trailName, s3DataEvents: options.s3DataEvents ?? s3DataEvents };
}
