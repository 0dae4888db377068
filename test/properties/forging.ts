import fc from 'fast-check';

/** What a terminal, a browser, a spreadsheet, a shell, or a viewer of SARIF would do something with. */
const MISCHIEF = [
  ...[
    '\u001b[2J',
    '\u001b]8;;https://evil.example\u0007',
    '\u009b1A',
    '\r',
    '\n',
    '\r\n',
    '\t',
    '\b',
    '\u0000',
  ],
  ...['\u202e', '\u2066', '\u200b', '\u2028', '\u0085', '\ufeff', '\u3164', '\u{e0041}', '\ud800', '\udc00'],
  ...[
    '<script>',
    '</script>',
    '<img src=x onerror=alert(1)>',
    '"',
    "'",
    '&lt;',
    '-->',
    '=1+1',
    '@SUM(A1)',
    '+',
    '-',
  ],
  ...[
    '[click](https://evil.example)',
    '](',
    '{0}',
    '$(id)',
    '`id`',
    ';',
    '|',
    '\\',
    '%0a',
    '${x}',
    '__proto__',
  ],
];

/** Text that would begin a line of its own, if a break of it stayed one. */
const FORGED = 'FORGED pass root-mfa';

/** Text that somebody chose to mislead. */
export const hostile = fc
  .array(fc.oneof(fc.constantFrom(...MISCHIEF), fc.string({ unit: 'binary', maxLength: 3 })), {
    minLength: 1,
    maxLength: 4,
  })
  .chain((parts) =>
    fc
      .constantFrom('', '', '=1+1', '@SUM(A1)', '[click](https://evil.example)')
      .map((start) => `${start}${parts.join('')}\n${FORGED}`),
  );

/** Whatever leaves its line, moves the cursor, or reverses or hides what follows. */
export const FORGES = /[^\P{C}\n]|[\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|^FORGED/mu;
