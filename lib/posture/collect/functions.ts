import { inflateRawSync } from 'node:zlib';
import { GetFunctionCommand, LambdaClient, paginateListEventSourceMappings } from '@aws-sdk/client-lambda';
import { z } from 'zod';
import type { Clients } from '../clients';
import { all, read, readIfThere } from '../read';
import type { DeployedFunction, DeployedSuite, EventSource, Part } from '../snapshot';

const Functions = z.object({
  Resources: z.record(
    z.string(),
    z.object({ Type: z.string().optional(), Properties: z.record(z.string(), z.unknown()).optional() }),
  ),
});

const Properties = z.object({
  Code: z.object({ ZipFile: z.string() }),
  Environment: z.object({ Variables: z.record(z.string(), z.unknown()) }).optional(),
  Handler: z.string(),
  ReservedConcurrentExecutions: z.number().optional(),
  MemorySize: z.unknown().optional(),
  Role: z.unknown().optional(),
  Runtime: z.unknown().optional(),
  Timeout: z.unknown().optional(),
});

/** Time limit for a function's code, in milliseconds. */
const DOWNLOAD_MS = 10_000;

/** Reads the functions of the stacks, with the code that runs. */
export function readFunctions(
  clients: Clients,
  suite: Part<DeployedSuite>,
): Promise<Part<readonly DeployedFunction[]>> {
  if (!('value' in suite)) return Promise.resolve(suite);
  return read(() => Promise.all(functionsOf(suite.value).map((one) => readFunction(clients, one))));
}

/** The functions of the deployed templates, by physical ID. */
function functionsOf(suite: DeployedSuite): Omit<DeployedFunction, 'state'>[] {
  return suite.flatMap(({ kind, template, resources }) =>
    Object.entries(Functions.parse(template).Resources).flatMap(([logicalId, resource]) => {
      const name = resources.find((one) => one.LogicalResourceId === logicalId)?.PhysicalResourceId;
      if (resource.Type !== 'AWS::Lambda::Function' || name === undefined) return [];
      const {
        Code,
        Environment,
        Handler,
        ReservedConcurrentExecutions: reservedConcurrency,
        ...settings
      } = Properties.parse(resource.Properties);
      const variables = Object.keys(Environment?.Variables ?? {}).sort();
      const code = Code.ZipFile;
      return [{ kind, template: { name, code, handler: Handler, variables, reservedConcurrency, settings } }];
    }),
  );
}

async function readFunction(
  clients: Clients,
  { kind, template }: Omit<DeployedFunction, 'state'>,
): Promise<DeployedFunction> {
  const client = clients.get(LambdaClient);
  const state = await readIfThere(['ResourceNotFoundException'], async () => {
    const {
      Code: { Location } = {},
      Configuration: {
        Environment,
        FunctionArn = '',
        Handler = '',
        Layers = [],
        MemorySize,
        Role,
        Runtime,
        State,
        Timeout,
      } = {},
      Concurrency,
    } = await client.send(new GetFunctionCommand({ FunctionName: template.name }));
    if (Location === undefined)
      throw new Error(`Lambda did not return where the code of ${template.name} is`);
    const response = await fetch(Location, { signal: AbortSignal.timeout(DOWNLOAD_MS) });
    if (!response.ok) throw new Error(`the code of ${template.name} could not be downloaded`);
    return {
      arn: FunctionArn,
      state: State ?? 'Active',
      files: filesIn(Buffer.from(await response.arrayBuffer())),
      handler: Handler,
      variables: Object.keys(Environment?.Variables ?? {}).sort(),
      settings: { MemorySize, Role, Runtime, Timeout },
      layers: Layers.flatMap(({ Arn }) => Arn ?? []),
      reservedConcurrency: Concurrency?.ReservedConcurrentExecutions,
    };
  });
  return { kind, template, state };
}

/** Reads the event source mappings of all functions of the Region, in one call. */
export function readEventSources(clients: Clients): Promise<Part<readonly EventSource[]>> {
  const client = clients.get(LambdaClient);
  return read(async () => {
    const found = await all(
      paginateListEventSourceMappings({ client }, {}),
      (page) => page.EventSourceMappings,
    );
    return found.map(({ UUID: id = '', FunctionArn: functionArn = '', EventSourceArn: source = '' }) => ({
      id,
      functionArn,
      source,
    }));
  });
}

const CENTRAL_ENTRY = 0x02014b50;
const END = Buffer.from('PK\x05\x06', 'latin1');

/**
 * The files of a ZIP archive, by name. An archive that it cannot read is an error.
 * @see https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 */
export function filesIn(archive: Buffer): Readonly<Record<string, string>> {
  const end = archive.lastIndexOf(END);
  if (end < 0) throw new Error('the code is not a ZIP archive');
  const files: Record<string, string> = {};
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (archive.readUInt32LE(at) !== CENTRAL_ENTRY) throw new Error('the code’s ZIP archive is damaged');
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((by) => archive.readUInt16LE(at + by));
    const local = archive.readUInt32LE(at + 42);
    const data = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    const packed = archive.subarray(data, data + archive.readUInt32LE(at + 20));
    const isStored = archive.readUInt16LE(at + 10) === 0;
    const next = at + 46 + (nameLength ?? 0);
    files[archive.toString('utf8', at + 46, next)] = String(isStored ? packed : inflateRawSync(packed));
    at = next + (extraLength ?? 0) + (commentLength ?? 0);
  }
  return files;
}
