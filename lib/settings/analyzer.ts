/**
 * Name of the external-access analyzers that are made: the function uses it, and its role is limited to it.
 */
export const ANALYZER = 'account-baseline';
export const ANALYZER_RESOURCE = 'analyzer/account-baseline';
