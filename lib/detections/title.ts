/** Converts an ID such as SignInWithoutMfa to a title such as “Sign in without MFA”. */
export function titleOf(id: string): string {
  const words = id.replace(/(?<=.)[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.replace(/\b(iam|mfa|acl|vpc)\b/gi, (word) => word.toUpperCase());
}
