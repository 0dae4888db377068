import { differences } from '../differences';
import { deletedProviders, faultsOfPolicies, faultsOfRoles, remadeUsers } from '../deployed-roles';
import { REMADE_USER } from '../remedies';
import { shell } from '../shell';
import { check, fail, given, pass, REDEPLOY, unknown } from './check';

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
    ({ people, samlProviders, oidcProviders, resources, suite, caller, region }) =>
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
          const all = [...faults.map((fault) => fail(fault, REDEPLOY)), ...others, ...remade];
          return all.length === 0 ? pass('They are those of the templates.') : all;
        },
      ),
  ),
];
