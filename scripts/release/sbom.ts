import { execFileSync } from 'node:child_process';
import { packages } from '../docs/licences';

interface Sbom {
  readonly metadata: { readonly component: { readonly 'bom-ref': string } };
  readonly components: readonly {
    readonly 'bom-ref': string;
    readonly name: string;
    readonly version: string;
  }[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}

/**
 * The packages that the released one needs, with their hashes and licenses, in CycloneDX. npm reads them from
 * the lockfile and asks no registry.
 *
 * @see https://docs.npmjs.com/cli/v11/commands/npm-sbom
 */
export function sbom(): Sbom {
  const words = ['sbom', '--sbom-format', 'cyclonedx', '--sbom-type', 'library'];
  const text = execFileSync('npm', [...words, '--package-lock-only', '--offline'], {
    encoding: 'utf8',
    maxBuffer: 50e6,
  });
  const { metadata, components, dependencies, ...bom } = JSON.parse(text) as Sbom;
  // `--omit dev` of npm 11 also omits what both need, such as zod.
  const needed = new Set(
    packages().flatMap(({ name, version, isForDevelopment }) =>
      isForDevelopment ? [] : `${name}@${version}`,
    ),
  );
  const kept = components.filter(({ name, version }) => needed.has(`${name}@${version}`));
  const refs = new Set([metadata.component['bom-ref'], ...kept.map((component) => component['bom-ref'])]);
  return {
    ...bom,
    // npm names it after the folder, and marks it as private, as in a clone.
    metadata: {
      ...metadata,
      component: Object.assign(metadata.component, { name: 'aws-account-baseline', properties: [] }),
    },
    components: kept,
    dependencies: dependencies
      .filter(({ ref }) => refs.has(ref))
      .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((one) => refs.has(one)) })),
  };
}
