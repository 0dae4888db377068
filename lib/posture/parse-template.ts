import { defineMappingTag, defineScalarTag, defineSequenceTag, load, mapTag, YAML11_SCHEMA } from 'js-yaml';

/** The name of the long form: `Fn::Sub` for `!Sub`. `Ref` and `Condition` have one name in both forms. */
const keyOf = (tag: string) =>
  tag === '!Ref' || tag === '!Condition' ? tag.slice(1) : `Fn::${tag.slice(1)}`;

/** Reads the short form of any function, such as `!Sub`, as the long one. CloudFormation reads YAML 1.1. */
const SCHEMA = YAML11_SCHEMA.withTags(
  defineScalarTag('!', {
    matchByTagPrefix: true,
    resolve: (text, _, tag) => ({ [keyOf(tag)]: tag === '!GetAtt' ? attributeOf(text) : text }),
    identify: () => false,
  }),
  defineSequenceTag('!', {
    matchByTagPrefix: true,
    create: (tag): { tag: string; items: unknown[] } => ({ tag, items: [] }),
    addItem: ({ items }, item) => {
      items.push(item);
    },
    finalize: ({ tag, items }) => ({ [keyOf(tag)]: items }),
    identify: () => false,
  }),
  defineMappingTag('!', {
    ...mapTag,
    matchByTagPrefix: true,
    create: (tag) => ({ tag, map: mapTag.create(tag) }),
    addPair: ({ map }, key, value) => mapTag.addPair(map, key, value),
    has: ({ map }, key) => mapTag.has(map, key),
    finalize: ({ tag, map }) => ({ [keyOf(tag)]: map }),
    identify: () => false,
  }),
);

/**
 * A template as it was deployed, in JSON or YAML, with the long form of each function.
 *
 * @throws {Error} if it is neither, or has more than 100 aliases
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
 */
export function parseTemplate(body: string): unknown {
  // The package that writes YAML takes five times as long to read it.
  return load(body, { schema: SCHEMA, maxAliases: 100 });
}

/** `Topic.Arn` as the list that the long form takes. */
function attributeOf(text: string): string[] {
  const dot = text.indexOf('.');
  return dot < 0 ? [text] : [text.slice(0, dot), text.slice(dot + 1)];
}
