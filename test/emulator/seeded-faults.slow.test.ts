import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { type Emulator, startEmulator } from '../../emulator/emulator';
import { EmulatedStack } from '../../emulator/stack';
import { STACK_KINDS, type StackKind, stackNameOf } from '../../lib/stacks/stack-kinds';
import { FAULTS } from '../../scripts/docs/seeded-errors/all';
import { EVERYTHING } from '../everything';
import { suiteTemplates } from '../synth';
import type { Fault, Resource } from '../../scripts/docs/seeded-errors/fault';

// One account, which each unchanged stack enters after its faults were refused: the order matters.
jest.setTimeout(120_000);

type Resources = Readonly<Record<string, Resource>>;
interface Json {
  readonly Resources: Resources;
}

/** Their unchanged templates need an organization: organization.slow.test.ts deploys them. */
const ELSEWHERE = ['Services', 'Organization', 'Members', 'OrganizationDetectors'];

const templates = Object.entries(suiteTemplates({ ...EVERYTHING, organization: undefined }));
const ofOrganization = Object.entries(suiteTemplates(EVERYTHING)).filter(([kind]) =>
  ELSEWHERE.includes(kind),
);
const all = STACK_KINDS.flatMap((kind) =>
  [...templates, ...ofOrganization]
    .filter(([one]) => one === kind)
    .map(([, template]) => ({ kind, template: template.toJSON() as Json & Record<string, unknown> })),
);

function templateOf(wanted: StackKind): Json {
  const found = all.find(({ kind }) => kind === wanted);
  if (found === undefined) throw new Error(`there is no stack ${wanted}`);
  return found.template;
}

/** The logical ID of the resource with this ID, or of the first one of this type. */
function idOf(resources: Resources, wanted: string): string {
  const found = Object.keys(resources).find((id) => id === wanted || resources[id]?.Type === wanted);
  if (found === undefined) throw new Error(`there is no ${wanted}`);
  return found;
}

/** The resources with these IDs and what they refer to, without anything that a rollback keeps. */
function needed(resources: Resources, ids: readonly string[]): Resources {
  const found = new Set<string>();
  const visit = (id: string): void => {
    if (found.has(id)) return;
    found.add(id);
    const text = JSON.stringify(resources[id]?.Properties);
    for (const other of Object.keys(resources)) {
      if ([`"${other}"`, `{${other}}`, `{${other}.`].some((reference) => text.includes(reference)))
        visit(other);
    }
  };
  ids.forEach(visit);
  return Object.fromEntries(
    Object.entries(resources)
      .filter(([id]) => found.has(id))
      .map(([id, resource]) => {
        const DependsOn = [resource.DependsOn ?? []].flat().filter((other) => found.has(other));
        // Metadata can refer to resources only to come after them.
        return [id, { ...resource, DependsOn, DeletionPolicy: undefined, Metadata: undefined }];
      }),
  );
}

/** The template with the fault, without resources that have nothing to do with it. */
function faulty<T extends Json>(template: T, { of, change, noticedBy = [] }: Fault): T {
  const id = idOf(template.Resources, of);
  const resource = template.Resources[id];
  if (resource === undefined) throw new Error(`there is no ${id}`);
  const resources = { ...template.Resources, [id]: { ...resource, Properties: change(resource.Properties) } };
  const others = noticedBy.map((one) => idOf(template.Resources, one));
  const before = others.flatMap((other) => template.Resources[other]?.DependsOn ?? []);
  return { ...template, Outputs: undefined, Resources: needed(resources, [id, ...others, ...before]) };
}

let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator();
});

afterAll(async () => {
  await emulator.stop();
});

test('there are 60 faults or more, over every type of resource', () => {
  const typeOf = ({ stack, of }: Fault) => {
    const resources = templateOf(stack).Resources;
    return resources[idOf(resources, of)]?.Type;
  };
  const types = all.flatMap(({ template }) => Object.values(template.Resources).map(({ Type }) => Type));
  const ours = [...new Set(types)].filter((type) => !type.startsWith('Custom::'));
  expect(FAULTS.length).toBeGreaterThanOrEqual(60);
  expect(ours.filter((type) => !FAULTS.some((fault) => typeOf(fault) === type))).toEqual([]);
});

describe.each(all)('the stack $kind', ({ kind, template }) => {
  const stack = () => new EmulatedStack(emulator, stackNameOf('AccountBaseline', kind));
  const faults = FAULTS.filter((fault) => fault.stack === kind);

  /** What is not refused for its reason, with what happens instead. */
  async function accepted(): Promise<Record<string, string>> {
    const answers: Record<string, string> = {};
    for (const fault of faults) {
      const status = await stack().deploy(faulty(template, fault));
      const reasons = Object.values(await stack().failures()).join('\n');
      if (status !== 'ROLLBACK_COMPLETE' || !reasons.includes(fault.says)) {
        answers[fault.fault] = `${status ?? ''}: ${reasons}`;
      }
      await stack().destroy();
    }
    return answers;
  }

  if (faults.length > 0) {
    test('is refused with each fault, for its reason', async () => {
      expect(await accepted()).toEqual({});
    });
  }

  if (!ELSEWHERE.includes(kind)) {
    test('is deployed as it is', async () => {
      expect(await stack().deploy(template)).toBe('CREATE_COMPLETE');
    });
  }
});

test('the update of a secret that somebody deleted fails', async () => {
  const access = new EmulatedStack(emulator, stackNameOf('AccountBaseline', 'Access'));
  const template = templateOf('Access');
  const id = idOf(template.Resources, 'AWS::SecretsManager::Secret');
  const SecretId = (await access.resources())[id];
  await new SecretsManager(emulator.clientConfig).deleteSecret({
    SecretId,
    ForceDeleteWithoutRecovery: true,
  });
  const changed = { ...template.Resources[id]?.Properties, Description: 'changed' };
  const Resources = { ...template.Resources, [id]: { ...template.Resources[id], Properties: changed } };
  expect(await access.deploy({ ...template, Resources })).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect((await access.failures())[id]).toContain("can't find the specified secret");
});
