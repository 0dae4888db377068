/** Sets of defaults, from the cheapest to the most complete monitoring. */
export const PROFILES = ['free', 'standard', 'strict'] as const;

export type Profile = (typeof PROFILES)[number];

/** Options whose default depends on the profile. */
export interface ProfileDefaults {
  readonly customerKey: boolean;
  readonly s3DataEvents: boolean;
  readonly configRecorder: boolean;
  readonly guardDuty: boolean;
  readonly securityHub: boolean;
}

const FREE: ProfileDefaults = {
  customerKey: false,
  s3DataEvents: false,
  configRecorder: false,
  guardDuty: false,
  securityHub: false,
};

/** What each profile enables. All other defaults are the same. */
export const PROFILE_DEFAULTS: Readonly<Record<Profile, ProfileDefaults>> = {
  free: FREE,
  standard: { ...FREE, customerKey: true },
  strict: { customerKey: true, s3DataEvents: true, configRecorder: true, guardDuty: true, securityHub: true },
};
