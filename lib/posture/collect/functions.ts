import { inflateRawSync } from 'node:zlib';
import { GetFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { z } from 'zod';
import type { Clients } from '../clients';
import { read, readIfThere } from '../read';
import type { DeployedFunction, DeployedSuite, FunctionTemplate, Part } from '../snapshot';

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
function functionsOf(suite: DeployedSuite): FunctionTemplate[] {
  return suite.flatMap(({ template, resources }) =>
    Object.entries(Functions.parse(template).Resources).flatMap(([logicalId, resource]) => {
      const name = resources.find((one) => one.LogicalResourceId === logicalId)?.PhysicalResourceId;
      if (resource.Type !== 'AWS::Lambda::Function' || name === undefined) return [];
      const { Code, Environment, Handler } = Properties.parse(resource.Properties);
      const variables = Object.keys(Environment?.Variables ?? {}).sort();
      return [{ name, code: Code.ZipFile, handler: Handler, variables }];
    }),
  );
}

async function readFunction(clients: Clients, template: FunctionTemplate): Promise<DeployedFunction> {
  const client = clients.get(LambdaClient);
  const state = await readIfThere(['ResourceNotFoundException'], async () => {
    const {
      Code: { Location } = {},
      Configuration: { Environment, Handler = '', Layers = [] } = {},
      Concurrency,
    } = await client.send(new GetFunctionCommand({ FunctionName: template.name }));
    if (Location === undefined)
      throw new Error(`Lambda did not return where the code of ${template.name} is`);
    const response = await fetch(Location, { signal: AbortSignal.timeout(DOWNLOAD_MS) });
    if (!response.ok) throw new Error(`the code of ${template.name} could not be downloaded`);
    return {
      files: filesIn(Buffer.from(await response.arrayBuffer())),
      handler: Handler,
      variables: Object.keys(Environment?.Variables ?? {}).sort(),
      layers: Layers.flatMap(({ Arn }) => Arn ?? []),
      reservedConcurrency: Concurrency?.ReservedConcurrentExecutions,
    };
  });
  return { template, state };
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
