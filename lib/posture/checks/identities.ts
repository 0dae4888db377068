import { deletedProviders, faultsOfPolicies, faultsOfRoles } from '../deployed-roles';
import { check, fail, given, pass, REDEPLOY, unknown } from './check';

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
    ({ people, samlProviders, oidcProviders, suite, caller, region }) =>
      given(
        { people, samlProviders, oidcProviders, suite },
        ({ people: { roles, policies }, samlProviders: saml, oidcProviders: oidc, suite: stacks }) => {
          if (stacks.length === 0) return unknown('The baseline is not deployed.');
          const faults = stacks.flatMap((stack) => [
            // The roles for people have a check of their own.
            ...(stack.kind === 'Roles' ? [] : faultsOfRoles(stack, stacks, roles, caller, region)),
            ...faultsOfPolicies(stack, stacks, policies, caller, region),
            ...deletedProviders(stack, [...saml, ...oidc]),
          ]);
          return faults.length === 0
            ? pass('They are those of the templates.')
            : faults.map((fault) => fail(fault, REDEPLOY));
        },
      ),
  ),
];
