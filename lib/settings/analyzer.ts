/**
 * Name of the external-access analyzers that the function creates. Its role can manage no others.
 */
export const ANALYZER = 'account-baseline';
export const ANALYZER_RESOURCE = 'analyzer/account-baseline';

/** Name of the analyzers of the organization, which the account that administers them has. */
export const ORGANIZATION_ANALYZER = 'account-baseline-organization';
