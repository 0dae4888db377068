import { inspect } from 'node:util';

/** The path of an option in JavaScript syntax: `billing.viewers[0]`. */
export function formatPath(path: readonly PropertyKey[]): string {
  if (path.length === 0) return 'configuration';
  return path
    .map((key, index) => {
      if (typeof key === 'number') return `[${key}]`;
      const name = String(key);
      // An error must fit on one line and name an option.
      return /^\P{Cc}+$/u.test(name) ? `${index > 0 ? '.' : ''}${name}` : `[${JSON.stringify(name)}]`;
    })
    .join('');
}

/** A value as one line of at most 100 characters, without the passwords in its URLs. */
export function formatValue(value: unknown): string {
  // Values without a JSON form (NaN, functions, circular references) are formatted like console output.
  const text = toJson(value) ?? redact(inspect(value, { breakLength: Infinity, compact: true }));
  return text.length > 100 ? `${text.slice(0, 97)}...` : text;
}

function toJson(value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'object') return undefined;
  try {
    return JSON.stringify(value, (_key, child: unknown) =>
      typeof child === 'string' ? redact(child) : child,
    );
  } catch {
    return undefined;
  }
}

/** Hides possible credentials in a URL: everything before the last @, unless the URL parser finds none. */
function redact(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.username === '' && url.password === '') return text;
  return text.replace(/(https?:[\\/]*|:\/\/).*@/is, '$1***@');
}
