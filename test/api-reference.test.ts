import { apiReference } from '../scripts/package/reference';

const DECLARATIONS = `
/**
 * A door, of {@link Hinge}.
 * @throws {DoorError} if it is locked
 * @see https://example.com/doors
 * @example
 * new Door(this, 'Door', { width: 90 });
 */
export declare class Door {
 /** Opens it. */
 open(by: string): void;
 private readonly lock;
 constructor(scope: Construct, id: string, props?: DoorProps);
}

export declare interface DoorProps {
 /**
  * Width in
  * centimeters.
  * @default 80
  */
 readonly width?: number;
 /** Colors | patterns. @default - none */
 readonly look?: { ${'readonly long: string; '.repeat(10)} };
}

declare interface NotExported { }
export declare const DOORS: readonly Door[];
`;

test('the reference has what users can import, with members, defaults, errors, and examples', () => {
  const [, text = ''] = apiReference(DECLARATIONS).split('## Classes\n\n');
  expect(text).toBe(`### Door

A door, of \`Hinge\`.

Throws \`DoorError\` if it is locked.

See <https://example.com/doors>.

\`\`\`ts
new Door(this, 'Door', { width: 90 });
\`\`\`

\`new Door(scope: Construct, id: string, props?: DoorProps)\`, with [DoorProps](#doorprops)

| member | type | meaning |
| --- | --- | --- |
| \`open(by: string)\` | \`void\` | Opens it. |

## Functions

## Constants

### DOORS

\`readonly Door[]\`

## Types

### DoorProps

| member | type | meaning |
| --- | --- | --- |
| \`width?\` | \`number\` | Width in centimeters. Default: 80. |
| \`look?\` | object | Colors \\| patterns. Default: none. |
`);
});
