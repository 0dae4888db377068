type Json = Readonly<Record<string, unknown>>;

/** The stack that a template is of, as far as it is known. */
interface TemplateOwner {
  readonly stackName?: string;
  readonly region?: string;
}

/**
 * Writes strings with references as `Fn::Sub`, like the AWS documentation, instead of the `Fn::Join` of the
 * CDK. Removes dependencies that a reference already implies (cfn-lint W3005), and the Region of references
 * within one Region.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-sub.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-getstackoutput.html
 */
export function readableTemplate(template: unknown, { stackName = '', region }: TemplateOwner = {}): unknown {
  const readable = readableNode(template, region);
  if (!isObject(readable) || !isObject(readable['Outputs'])) return readable;
  return { ...readable, Outputs: readableOutputs(readable['Outputs'], stackName) };
}

function readableNode(node: unknown, region: string | undefined): unknown {
  if (Array.isArray(node)) return node.map((one) => readableNode(one, region));
  if (!isObject(node)) return node;
  const text = joined(node);
  if (text !== undefined) return { 'Fn::Sub': text };
  const output = node['Fn::GetStackOutput'];
  if (isObject(output)) {
    const { Region, ...others } = output;
    const OutputName = readableOutputName(String(output['OutputName']), String(output['StackName']));
    const isHere = isThisRegion(Region, region);
    return { 'Fn::GetStackOutput': { ...others, OutputName, ...(isHere ? {} : { Region }) } };
  }
  const { DependsOn, ...others } = Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, readableNode(value, region)]),
  );
  const needed = [DependsOn ?? []].flat().filter((id) => typeof id !== 'string' || !refersTo(others, id));
  return needed.length > 0 ? { ...others, DependsOn: needed } : others;
}

/**
 * Outputs by their readable names. One for people and one for another stack are the same if name and value
 * are.
 */
function readableOutputs(outputs: Json, stackName: string): Json {
  const named = new Map<string, unknown>();
  for (const [cdkName, output] of Object.entries(outputs)) {
    const name = readableOutputName(cdkName, stackName);
    if (named.has(name) && valueOf(named.get(name)) !== valueOf(output)) {
      throw new Error(`outputs need names of their own, got two named ${name}`);
    }
    if (!named.has(name)) named.set(name, output);
  }
  return Object.fromEntries(named);
}

function valueOf(output: unknown): string {
  return JSON.stringify(isObject(output) ? output['Value'] : output);
}

/**
 * Shortens the name that the CDK generates for an output for another stack:
 * `PublishOutputRefAuditTrailLogGroup12413C16` of the stack `AccountBaseline-Audit` becomes `TrailLogGroup`.
 * Both stacks use the short name, because this function writes both.
 */
function readableOutputName(name: string, stackName: string): string {
  const [, id] = /^PublishOutput(?:Ref|FnGetAtt)(\w+)[0-9A-F]{8}$/.exec(name) ?? [];
  if (id === undefined) return name;
  const kind = stackName.split('-').at(-1) ?? '';
  return id.startsWith(kind) && id !== kind ? id.slice(kind.length) : id;
}

function isThisRegion(value: unknown, region: string | undefined): boolean {
  return value === undefined || value === region || (isObject(value) && value['Ref'] === 'AWS::Region');
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

/** The text of an `Fn::Join` without a separator; undefined if a part of it has no text form. */
function joined(node: Json): string | undefined {
  const join = node['Fn::Join'];
  if (!Array.isArray(join) || join[0] !== '' || !Array.isArray(join[1])) return undefined;
  const parts = join[1].map((part: unknown) => {
    // In Fn::Sub, `${!` stands for a literal `${`.
    if (typeof part === 'string') return part.replaceAll('${', '${!');
    if (!isObject(part)) return undefined;
    return typeof part['Ref'] === 'string' ? `\${${part['Ref']}}` : arn(part);
  });
  return parts.includes(undefined) ? undefined : parts.join('');
}

/** The text of an ARN attribute. Other attributes may be lists, which have no text form. */
function arn(node: Json): string | undefined {
  const path = node['Fn::GetAtt'];
  return Array.isArray(path) && path.length === 2 && path[1] === 'Arn' ? `\${${path.join('.')}}` : undefined;
}

function isObject(node: unknown): node is Json {
  return typeof node === 'object' && node !== null && !Array.isArray(node);
}
