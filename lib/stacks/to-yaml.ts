import { Document, isMap, isScalar, isSeq, type Node, type Pair, Scalar, visit } from 'yaml';

/** Functions with a short form that usually fits on one line. */
const SHORT = ['Equals', 'FindInMap', 'GetAtt', 'If', 'Join', 'Not', 'Or', 'Ref', 'Select', 'Split', 'Sub'];

/** Maximum length of a function on one line, in characters of JSON. */
const ONE_LINE = 120;

/**
 * A template as YAML, with the short forms of CloudFormation functions.
 *
 * @param indent spaces per level
 */
export function toYaml(template: unknown, indent = 2): string {
  const document = new Document(template, { schema: 'yaml-1.1', aliasDuplicateObjects: false });
  visit(document, {
    // Nodes are visited from the outside in, including the returned ones.
    Map: (_, node) => {
      const [pair, ...others] = node.items as Pair<Scalar<string>, Node>[];
      return pair && others.length === 0 ? shortForm(pair) : undefined;
    },
  });
  return document.toString({ lineWidth: 0, indent });
}

function shortForm({ key, value }: Pair<Scalar<string>, Node>): Node | undefined {
  const name = key.value.replace(/^Fn::/, '');
  // A node can have only one tag, so a function of a function keeps its long form.
  if (!SHORT.includes(name) || !value || isMap(value)) return undefined;
  const node = name === 'GetAtt' && isSeq(value) ? new Scalar(value.items.map(String).join('.')) : value;
  node.tag = `!${name}`;
  if (isSeq(node)) node.flow = JSON.stringify(node).length <= ONE_LINE;
  return isScalar(node) || isSeq(node) ? node : undefined;
}
