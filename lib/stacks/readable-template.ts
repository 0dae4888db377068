type Json = Readonly<Record<string, unknown>>;

/** The stack that a template is of, as far as it is known. */
interface TemplateOwner {
  readonly stackName?: string;
  readonly region?: string;
}

/**
 * Writes text with references in it as `Fn::Sub`, as AWS's documentation does, where CDK writes a list of its parts.
 * A dependency that a reference already states is left out, as cfn-lint asks (W3005), and so is the Region of a
 * reference to a stack of the same Region, which is the default.
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

/** Outputs by their readable names. One for people and one for another stack are the same if name and value are. */
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
 * The name of an output that CDK writes for another stack, without what a person has to read past: of the stack
 * `AccountBaseline-Audit`, `PublishOutputRefAuditTrailLogGroup12413C16` is `TrailLogGroup`. Both stacks call it so, since both
 * are written by this function.
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
