type Json = Readonly<Record<string, unknown>>;

/**
 * Says the same in fewer bytes, of which CloudFormation takes 51,200 without a bucket: references within strings, and ARN
 * attributes, are `Fn::Sub` texts instead of lists, which also reads better; the deletion policy Delete, which is
 * CloudFormation's default for every type here (not for clusters and instances of RDS), and the dependency on a resource that is referred to are left out; the principal
 * `{ AWS: '*' }` is `*`, which means the same.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-sub.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html
 */
export function compactTemplate(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(compactTemplate);
  if (!isObject(node)) return node;
  const text = arn(node) ?? joined(node);
  if (text !== undefined) return { 'Fn::Sub': text };
  if (node['AWS'] === '*' && Object.keys(node).length === 1) return '*';
  const { DeletionPolicy = 'Delete' } = node;
  // Where only the removal keeps something, the validation wants to read that a replacement does not.
  const implied = DeletionPolicy === 'Delete' ? ['DeletionPolicy', 'UpdateReplacePolicy'] : [];
  const { DependsOn, ...others } = Object.fromEntries(
    Object.entries(node)
      .filter(([key, value]) => !(implied.includes(key) && value === 'Delete'))
      .map(([key, value]) => [key, compactTemplate(value)]),
  );
  const needed = [DependsOn ?? []].flat().filter((id) => typeof id !== 'string' || !refersTo(others, id));
  return needed.length > 0 ? { ...others, DependsOn: needed } : others;
}

function refersTo(node: Json, id: string): boolean {
  const text = JSON.stringify(node);
  return text.includes(`{"Ref":"${id}"}`) || text.includes(`\${${id}}`) || text.includes(`\${${id}.`);
}

/** The text of a `Fn::Join` without a separator; undefined where a text can't hold it. */
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
