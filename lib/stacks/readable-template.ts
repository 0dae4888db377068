type Json = Readonly<Record<string, unknown>>;

/**
 * Writes text with references in it as `Fn::Sub`, as AWS's documentation does, where CDK writes a list of its parts.
 * A dependency that a reference already states is left out, as cfn-lint asks (W3005).
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-sub.html
 */
export function readableTemplate(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(readableTemplate);
  if (!isObject(node)) return node;
  const text = joined(node);
  if (text !== undefined) return { 'Fn::Sub': text };
  const { DependsOn, ...others } = Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, readableTemplate(value)]),
  );
  const needed = [DependsOn ?? []].flat().filter((id) => typeof id !== 'string' || !refersTo(others, id));
  return needed.length > 0 ? { ...others, DependsOn: needed } : others;
}

function refersTo(node: Json, id: string): boolean {
  const text = JSON.stringify(node);
  return (
    text.includes(`{"Ref":"${id}"}`) ||
    text.includes(`{"Fn::GetAtt":["${id}",`) ||
    text.includes(`\${${id}}`) ||
    text.includes(`\${${id}.`)
  );
}

/** The text of a `Fn::Join` without a separator; undefined where a text can't hold a part of it. */
function joined(node: Json): string | undefined {
  const join = node['Fn::Join'];
  if (!Array.isArray(join) || join[0] !== '' || !Array.isArray(join[1])) return undefined;
  const parts = join[1].map((part: unknown) => {
    // `${!` is how a text says `${`.
    if (typeof part === 'string') return part.replaceAll('${', '${!');
    if (!isObject(part)) return undefined;
    return typeof part['Ref'] === 'string' ? `\${${part['Ref']}}` : arn(part);
  });
  return parts.includes(undefined) ? undefined : parts.join('');
}

/** The text of an ARN attribute; other attributes may be lists, which a text can't hold. */
function arn(node: Json): string | undefined {
  const path = node['Fn::GetAtt'];
  return Array.isArray(path) && path.length === 2 && path[1] === 'Arn' ? `\${${path.join('.')}}` : undefined;
}

function isObject(node: unknown): node is Json {
  return typeof node === 'object' && node !== null && !Array.isArray(node);
}
