/** Hands that neither `preflight` nor `verify` sees, and why. */
export const SILENT: Readonly<Record<string, string>> = {
  'AWS::SNS::Subscription replaced': 'It delivers as before.',
};
