/**
 * Alias of the baseline's key. A physical name, because the guard's policy needs it before the key exists.
 */
export const KEY_ALIAS = 'alias/account-baseline';
