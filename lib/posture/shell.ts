/** Characters of a word that no shell interprets. */
const PLAIN_WORD = /^[\w@%+=:,./-]+$/;

/**
 * A command to copy. Each value becomes one word of the command, whatever it contains: names come from the
 * account, and anyone who can name a resource there could otherwise add a command of their own.
 *
 * @example
 * shell`aws iam delete-login-profile --user-name ${name}`
 */
export function shell(parts: TemplateStringsArray, ...values: readonly string[]): string {
  return parts.reduce((text, part, index) => {
    const value = printable(values[index - 1] ?? '');
    // The AWS CLI would take a word that begins with a hyphen for an option.
    const before = value.startsWith('-') && /--[\w-]+ $/.test(text) ? `${text.trimEnd()}=` : text;
    return `${before}${word(value)}${part}`;
  });
}

function word(value: string): string {
  return PLAIN_WORD.test(value) ? value : `'${value.replaceAll("'", String.raw`'\''`)}'`;
}

/**
 * Replaces what a terminal interprets, reorders or hides: control and format characters, and line breaks.
 * Names come from the account.
 */
export function printable(text: string): string {
  return text.replace(/[\p{C}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}]/gu, '?');
}
