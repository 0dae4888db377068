/** What a terminal interprets, reorders or hides. */
export const INVISIBLE = /[\p{C}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}]/gu;

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
  return text.replace(INVISIBLE, '?');
}

/** The same for a text with lines and tabs of ours. */
export function printableLines(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(/[^\n\t]+/g, printable);
}

/**
 * A copy in which every text is printable, so that no field can be forgotten: what a command prints is made
 * of names that others chose.
 */
export function allPrintable<T>(value: T): T {
  return mapped(value) as T;
}

function mapped(value: unknown): unknown {
  if (typeof value === 'string') return printable(value);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (Array.isArray(value)) return value.map(mapped);
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, mapped(one)]));
}
