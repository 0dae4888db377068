import { z } from 'zod';
import { daysLeft, EXPIRES_SOON_DAYS, readSamlMetadata } from '../../federation/saml/metadata';
import { stackKindsOf } from '../../stacks/stack-kinds';
import { faultsOfRoles } from '../deployed-roles';
import { check, day, fail, given, type Observation, pass, REDEPLOY, unknown } from './check';

const Template = z.object({
  Resources: z.record(z.string(), z.object({ Type: z.string(), Properties: z.unknown().default({}) })),
});
const Saml = z.object({ SamlMetadataDocument: z.string() });
export const PEOPLE_ROLE_CHECKS = [
  check(
    {
      check: 'people-roles',
      title: 'The roles for people are unmodified',
      problem: 'A role for people is missing or was changed',
      area: 'people',
      severity: 'critical',
      controls: [],
    },
    ({ people, suite, caller, region }, config) =>
      stackKindsOf(config).includes('Roles')
        ? given({ people, suite }, ({ people: { roles }, suite: stacks }) => {
            const stack = stacks.find(({ kind }) => kind === 'Roles');
            if (!stack) return unknown('The stack with the roles is not deployed.');
            const faults = faultsOfRoles(stack, stacks, roles, caller, region);
            return faults.length === 0
              ? pass('The roles are unmodified.')
              : faults.map((fault) => fail(fault, REDEPLOY));
          })
        : [],
  ),
  check(
    {
      check: 'saml-certificate',
      title: 'The SAML provider can sign people in',
      problem: 'The signing certificate of the SAML provider expires',
      area: 'people',
      severity: 'high',
      controls: [],
    },
    ({ at, suite }, { federation: { saml } }) =>
      saml
        ? given({ suite }, ({ suite: stacks }) => {
            const deployed = stacks.flatMap(({ template }) => metadataIn(template));
            if (deployed.length === 0) return unknown('The SAML provider is not deployed.');
            return deployed.map((document) => judgeCertificate(saml.name, document, at));
          })
        : [],
  ),
];

/** Metadata documents in a template. */
function metadataIn(template: unknown): string[] {
  return Object.values(Template.parse(template).Resources).flatMap(({ Type, Properties }) =>
    Type === 'AWS::IAM::SAMLProvider' ? [Saml.parse(Properties).SamlMetadataDocument] : [],
  );
}

function judgeCertificate(name: string, document: string, at: Date): Observation {
  const metadata = readSamlMetadata(document);
  const days = daysLeft(metadata, at);
  const until = day(metadata.validUntil);
  const remedy = {
    text: 'Get new metadata from the identity provider, replace the file of federation.saml.metadata, and deploy.',
    command: 'npx cdk deploy --all',
  };
  if (days < 0)
    return fail(`The signing certificate of ${name} was valid until ${until}: nobody can sign in.`, remedy);
  return days < EXPIRES_SOON_DAYS
    ? fail(`The signing certificate of ${name} is valid until ${until}, for ${days} days.`, remedy, {
        severity: 'medium',
      })
    : pass(`The signing certificate of ${name} is valid until ${until}.`);
}
