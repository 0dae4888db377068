import fc from 'fast-check';

/** What would forge a line, a link or a person, turn text around, end a block of code, or break JSON. */
const HOSTILE = [
  ...[
    '\nWho:  root user, console, with MFA',
    '\r\n1. Root used directly',
    '\u2028When: never',
    '\u0085What: x',
  ],
  ...['https://evil.example/', 'http://evil.example', 'javascript:alert(1)', '```', '"', '\\', '<!channel>'],
  ...[
    'www.evil.example/unlock?x=1',
    'evil.example',
    'evil．example',
    'evil。example',
    'ｗｗｗ.ｅｖｉｌ.ｅｘａｍｐｌｅ',
  ],
  ...[
    '.',
    '@here',
    '@',
    '[x](y)',
    '*b*',
    '_i_',
    '~s~',
    '<@U0123>',
    '&lt;',
    '|',
    '\u3164',
    '\uFE0F',
    '\u{E0041}',
  ],
  ...['\u202Egnp.exe', '\u200B', '\u2066', '\u0000', '\u001B[2J', '\uD800', '\uDFFF', '\u{1F600}', 'é'],
  ...['__proto__', 'toString', 'Root', 'AKIA', 'Mozilla', 'APN/1 x ', 'IAMUser', 'root user', ' ', ''],
];

/** Text that anybody may choose. */
export const hostile = fc
  .array(fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'binary', maxLength: 5 })), { maxLength: 5 })
  .chain((parts) => fc.constantFrom(1, 1, 1, 500).map((times) => parts.join('').repeat(times)));

/** The name of a service, which stays as it is. */
const SERVICE = /(?<![\p{L}\p{N}._-])[\w-]+\.amazonaws\.com(?![\p{L}\p{N}.\/-])/gu;

/** What values may not hold: what is not seen, markup of mail, chat and terminals, people, and links. */
const MISCHIEF = new RegExp(
  [
    /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}`<>*~|\\&]|:\/\//u,
    // A mention, a link, emphasis, and a domain, of which mail and chat make a link.
    /(?<![\w@])[@_]|[@_](?![\w@])|\]\(|[^\s.]\.(?=\p{L})/u,
  ]
    .map(({ source }) => source)
    .join('|'),
  'gu',
);

/** What no line may hold. */
export function mischief(line: string): string[] {
  const own = line.replace(/^Link: https:\/\/[\w-]+\.console\.aws\.amazon\.com\//, 'Link: ');
  // An asterisk alone is one of the values that matter most.
  return (
    own.replaceAll('* (any)', 'any').replaceAll('[.]', '-').replace(SERVICE, 'service').match(MISCHIEF) ?? []
  );
}
