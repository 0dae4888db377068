/**
 * Path of the SSM parameters that store the previous values: one free parameter per setting, in the home
 * Region. The name does not include the stack, so that a setting keeps its parameter in another stack.
 */
export const PARAMETER_PATH = '/account-baseline/settings';
