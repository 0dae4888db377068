import { type CollectionTag, parse, type ScalarTag, YAMLMap } from 'yaml';

/** Functions that YAML templates can write as a tag, such as `!Sub` for `Fn::Sub`. */
const FUNCTIONS = [
  ...[
    'And',
    'Base64',
    'Cidr',
    'Equals',
    'FindInMap',
    'GetAtt',
    'GetAZs',
    'GetStackOutput',
    'If',
    'ImportValue',
  ],
  ...['Join', 'Length', 'Not', 'Or', 'Select', 'Split', 'Sub', 'ToJsonString', 'Transform'],
];

const TAGS = [
  ...FUNCTIONS.map((name) => [name, `Fn::${name}`] as const),
  ...['Ref', 'Condition'].map((name) => [name, name] as const),
];

/** Reads the short forms of functions as the long ones. */
const CUSTOM_TAGS = TAGS.flatMap(([name, key]): (ScalarTag | CollectionTag)[] => {
  const tag = `!${name}`;
  const long = (value: unknown) => {
    const map = new YAMLMap();
    map.set(key, value);
    return map;
  };
  return [
    { tag, resolve: (text) => ({ [key]: name === 'GetAtt' ? attributeOf(text) : text }) },
    { tag, collection: 'seq', resolve: long },
    { tag, collection: 'map', resolve: long },
  ];
});

/**
 * A template as it was deployed, in JSON or YAML, with the long form of each function.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
 */
export function parseTemplate(body: string): unknown {
  // CloudFormation reads YAML 1.1.
  return parse(body, { schema: 'yaml-1.1', customTags: CUSTOM_TAGS }) as unknown;
}

/** `Topic.Arn` as the list that the long form takes. */
function attributeOf(text: string): string[] {
  const dot = text.indexOf('.');
  return dot < 0 ? [text] : [text.slice(0, dot), text.slice(dot + 1)];
}
