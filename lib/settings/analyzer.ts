/**
 * Name of the external-access analyzers that the function creates. Its role can manage no others.
 */
export const ANALYZER = 'account-baseline';
export const ANALYZER_RESOURCE = 'analyzer/account-baseline';
