/** What credentials look like. */
const PATTERNS: Readonly<Record<string, RegExp>> = {
  // The ids that AWS documents as examples are nobody's.
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
  'access key id': /\b(?:AKIA|ASIA)(?![A-Z0-9]*EXAMPLE)[A-Z0-9]{16}\b/,
  'secret access key': /secret_?access_?key["'\s:=]+[\w/+]{40}(?![\w/+])/i,
  'session token': /session_?token["'\s:=]+[\w/+=]{100,}/i,
  'private key': /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  // Whoever has it can answer CloudFormation in the function's place.
  'signed address': /X-Amz-Signature=/i,
  // But not a reference that CloudFormation resolves, nor the name of a field without a value.
  password: /"(?:[a-z]*password|secretstring)"\s*:\s*"(?!\{\{resolve:secretsmanager:)[^"]+"/i,
  token: /\b(?:gh[pousr]_\w{36,}|xox[abpr]-[\w-]{10,}|npm_\w{36})\b/,
};

/** Kinds of credentials that a text holds. */
export function secretsIn(text: string): string[] {
  return Object.entries(PATTERNS)
    .filter(([, pattern]) => pattern.test(text))
    .map(([kind]) => kind);
}
