import type { BaselineConfig } from '../../config/config';
import { AUDIENCE, existingIssuers, isProviderOf } from '../../federation/pipelines/issuers';
import { differences } from '../differences';
import { deletedProviders, faultsOfPolicies, faultsOfRoles, remadeUsers } from '../deployed-roles';
import { addAudience, REMADE_USER } from '../remedies';
import { shell } from '../shell';
import type { Snapshot } from '../snapshot';
import { check, fail, given, type Observation, pass, REDEPLOY, unknown } from './check';

/** What a changed identity provider means. */
const CHANGED: Readonly<Record<string, (name: string) => string>> = {
  'AWS::IAM::SAMLProvider': (name) =>
    `The metadata of ${name} was changed: another identity provider may sign people in.`,
  'AWS::IAM::OIDCProvider': (name) =>
    `The audiences of ${name} were changed: pipelines cannot sign in, or tokens for somebody else fit.`,
};

export const IDENTITY_CHECKS = [
  check(
    {
      check: 'identities',
      title: 'The roles, managed policies and identity providers of the stacks are unmodified',
      problem: 'A role, managed policy or identity provider of the stacks was deleted or changed',
      area: 'stack',
      severity: 'critical',
      controls: [],
    },
    ({ people, samlProviders, oidcProviders, oidcAudiences, resources, suite, caller, region }, config) =>
      given(
        { people, samlProviders, oidcProviders, resources, suite },
        ({
          people: { users, roles, policies },
          samlProviders: saml,
          oidcProviders: oidc,
          resources: compared,
          suite: stacks,
        }) => {
          if (stacks.length === 0) return unknown('The baseline is not deployed.');
          const faults = stacks.flatMap((stack) => [
            // The roles for people have a check of their own.
            ...(stack.kind === 'Roles' ? [] : faultsOfRoles(stack, stacks, roles, caller, region)),
            ...faultsOfPolicies(stack, stacks, policies, caller, region),
            ...deletedProviders(stack, [...saml, ...oidc]),
          ]);
          const others = compared.flatMap(({ type, resource, wanted, actual: part }) => {
            const meaning = CHANGED[type]?.(resource);
            if (meaning === undefined) return [];
            return given({ actual: part }, ({ actual }) =>
              actual && differences(wanted, actual, () => undefined).length > 0
                ? fail(meaning, REDEPLOY, { resource })
                : [],
            );
          });
          const remade = remadeUsers(stacks, users).map((name) =>
            fail(
              `The user ${name} was deleted and created again after the deployment.`,
              { ...REMADE_USER, command: shell`aws iam delete-login-profile --user-name ${name}` },
              { resource: name },
            ),
          );
          const all = [
            ...faults.map((fault) => fail(fault, REDEPLOY)),
            ...others,
            ...remade,
            ...existingProviders(oidc, oidcAudiences, config),
          ];
          return all.length === 0
            ? pass('People, groups, roles, policies and identity providers match the templates.')
            : all;
        },
      ),
  ),
];

/** Providers that the stacks use and did not create, and through which pipelines cannot sign in. */
function existingProviders(
  arns: readonly string[],
  audiencesOf: Snapshot['oidcAudiences'],
  config: BaselineConfig,
): Observation[] {
  const severity = 'medium';
  return existingIssuers(config).flatMap((issuer) => {
    const resource = arns.find((arn) => isProviderOf(arn, issuer));
    if (resource === undefined) {
      return fail(
        `The account has no OpenID Connect provider of ${issuer}: pipelines cannot sign in.`,
        {
          text: 'Find out who deleted it. Remove the issuer from federation.pipelines.existingProviders, and deploy: the stack creates one.',
          command: 'npx cdk deploy --all',
        },
        { resource: issuer, severity },
      );
    }
    return given(
      { audiences: audiencesOf[resource] ?? { unknown: 'its audiences were not read' } },
      ({ audiences }) =>
        audiences.includes(AUDIENCE)
          ? []
          : fail(
              `${resource} lacks the audience ${AUDIENCE}: pipelines cannot sign in.`,
              addAudience(resource),
              {
                resource,
                severity,
              },
            ),
    );
  });
}
