/** Services that an account can administer for the organization, as the configuration names them. */
export const DELEGATED_SERVICES = ['iam', 'access-analyzer', 'account'] as const;

export type DelegatedService = (typeof DELEGATED_SERVICES)[number];
