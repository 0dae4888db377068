/**
 * Where the previous state of each setting is remembered: one free SSM parameter per setting, in the home
 * Region. The name holds no stack, so that a setting is found again when it moves to another one.
 */
export const PARAMETER_PATH = '/account-baseline/settings';
