import { Document, isMap, isScalar, isSeq, type Node, type Pair, Scalar, visit } from 'yaml';

/** Functions with a short form, and whether that fits on one line as a rule. */
const SHORT = ['Equals', 'FindInMap', 'GetAtt', 'If', 'Join', 'Not', 'Or', 'Ref', 'Select', 'Split', 'Sub'];

/** Longest function, in characters of JSON, that is written on one line. */
const ONE_LINE = 120;

/** A template as people write it: YAML, with the short forms of CloudFormation's functions. */
export function toYaml(template: unknown): string {
  const document = new Document(template, { schema: 'yaml-1.1', aliasDuplicateObjects: false });
  visit(document, {
    // Nodes are visited from the outside in; what is returned is visited in turn.
    Map: (_, node) => {
      const [pair, ...others] = node.items as Pair<Scalar<string>, Node>[];
      return pair && others.length === 0 ? shortForm(pair) : undefined;
    },
  });
  return document.toString({ lineWidth: 0 });
}

function shortForm({ key, value }: Pair<Scalar<string>, Node>): Node | undefined {
  const name = key.value.replace(/^Fn::/, '');
  // One node has one tag: a function of a function keeps its long form.
  if (!SHORT.includes(name) || !value || isMap(value)) return undefined;
  const node = name === 'GetAtt' && isSeq(value) ? new Scalar(value.items.map(String).join('.')) : value;
  node.tag = `!${name}`;
  if (isSeq(node)) node.flow = JSON.stringify(node).length <= ONE_LINE;
  return isScalar(node) || isSeq(node) ? node : undefined;
}
