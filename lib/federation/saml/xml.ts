/** An element of an XML document. */
export interface XmlElement {
  /** Namespace URI in braces, and local name, such as `{urn:x}Name`. */
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** Its own text, without that of its children. */
  readonly text: string;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type Draft = Omit<Mutable<XmlElement>, 'children'> & { children: Draft[]; tag: string; scope: Scope };
type Scope = Readonly<Record<string, string>>;

const NAME = String.raw`[A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?`;
const ATTRIBUTE = String.raw`\s+(${NAME})\s*=\s*("[^"<]*"|'[^'<]*')`;
const TOKEN = new RegExp(
  [
    String.raw`<!--(?:(?!--)[\s\S])*-->`,
    String.raw`<!\[CDATA\[([\s\S]*?)\]\]>`,
    String.raw`<\?xml\s[^?]*\?>`,
    String.raw`<\/(${NAME})\s*>`,
    String.raw`<(${NAME})((?:${ATTRIBUTE})*)\s*(\/?)>`,
    String.raw`([^<]+)`,
  ].join('|'),
  'y',
);

const ENTITIES: ReadonlyMap<unknown, string> = new Map(
  Object.entries({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }),
);

/** What XML 1.0 excludes, even as a number. */
const NO_CHARACTER = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;

/** Maximum nesting of elements. Metadata has about ten levels. */
const DEEPEST = 100;

/**
 * Reads the part of XML that metadata of identity providers needs: elements, attributes, namespaces, text. A
 * document type, and with it every entity of its own, is refused.
 *
 * @throws {Error} with what is wrong, to follow "is"
 */
export function parseXml(text: string): XmlElement {
  if (NO_CHARACTER.test(text)) throw new Error('not well-formed XML: it has a control character');
  const document: Draft = { name: '', tag: '', attributes: {}, children: [], text: '', scope: {} };
  const open: Draft[] = [document];
  TOKEN.lastIndex = text.startsWith('\uFEFF') ? 1 : 0;
  while (TOKEN.lastIndex < text.length) {
    const start = TOKEN.lastIndex;
    const token = TOKEN.exec(text);
    if (!token) throw new Error(`not well-formed XML at character ${start + 1}`);
    const [, cdata, closed, tag, attributes = '', , , isEmpty, content] = token;
    const current = open.at(-1) ?? document;
    if (cdata !== undefined) current.text += cdata;
    if (content !== undefined) current.text += unescaped(content);
    if (closed !== undefined) {
      if (current.tag !== closed)
        throw new Error(`not well-formed XML: </${closed}> closes <${current.tag}>`);
      open.pop();
    }
    if (tag !== undefined) {
      const element = elementOf(tag, attributes, current.scope);
      current.children.push(element);
      if (isEmpty === '') open.push(element);
      if (open.length > DEEPEST) throw new Error(`nested more than ${DEEPEST} elements deep`);
    }
  }
  const [root, ...others] = document.children;
  if (open.length > 1) throw new Error(`not well-formed XML: <${open.at(-1)?.tag ?? ''}> is not closed`);
  if (!root || others.length > 0 || document.text.trim() !== '') {
    throw new Error('not well-formed XML: it must have one root element');
  }
  return root;
}

function elementOf(tag: string, written: string, outer: Scope): Draft {
  const pairs = [...written.matchAll(new RegExp(ATTRIBUTE, 'g'))].map(
    ([, name = '', value = '']) => [name, unescaped(value.slice(1, -1))] as const,
  );
  if (new Set(pairs.map(([name]) => name)).size < pairs.length) {
    throw new Error(`not well-formed XML: <${tag}> has an attribute twice`);
  }
  const declared = pairs.flatMap(([name, uri]) =>
    name === 'xmlns' ? [['', uri]] : name.startsWith('xmlns:') ? [[name.slice(6), uri]] : [],
  );
  const scope: Scope = { ...outer, ...(Object.fromEntries(declared) as Scope) };
  const [local = '', prefix = ''] = tag.split(':').reverse();
  // Not a property of Object, such as for the prefix "constructor".
  const uri = Object.hasOwn(scope, prefix) ? scope[prefix] : undefined;
  if (uri === undefined && prefix !== '') throw new Error(`not well-formed XML: <${tag}> has no namespace`);
  return {
    name: `{${uri ?? ''}}${local}`,
    tag,
    attributes: Object.fromEntries(pairs),
    children: [],
    text: '',
    scope,
  };
}

function unescaped(text: string): string {
  return text.replace(/&(?:#(\d+)|#x([0-9A-Fa-f]+)|(\w+));|&/g, (whole, decimal, hex, name) => {
    if (decimal !== undefined || hex !== undefined) {
      const code = decimal === undefined ? parseInt(String(hex), 16) : Number(decimal);
      const character = code <= 0x10ffff ? String.fromCodePoint(code) : '\0';
      if (!NO_CHARACTER.test(character)) return character;
    }
    const entity = ENTITIES.get(name);
    if (entity === undefined) throw new Error(`not well-formed XML: ${whole} is not an entity of XML`);
    return entity;
  });
}
