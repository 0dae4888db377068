/** Alias of the baseline's key. A physical name, since the guard knows the key by it before there is one. */
export const KEY_ALIAS = 'alias/account-baseline';
