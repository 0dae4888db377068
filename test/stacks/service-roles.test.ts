import { EVERYTHING } from '../everything';
import { suiteTemplates } from '../synth';

interface Trust {
  readonly Principal: { readonly Service?: string };
  readonly Condition?: object;
}

interface Role {
  readonly Type: string;
  readonly Properties: { readonly AssumeRolePolicyDocument: { readonly Statement: readonly Trust[] } };
}

/** Services that send neither aws:SourceArn nor aws:SourceAccount to assume a role, and why that is safe. */
const WITHOUT_SOURCE: Readonly<Record<string, string>> = {
  // https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-required-policy-for-cloudwatch-logs.html
  'cloudtrail.amazonaws.com': 'The role policy does not support the keys, says the guide of CloudTrail.',
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
  'lambda.amazonaws.com':
    'The guide of Lambda names no key for execution roles. Only a function of this account can have the role, as a role cannot be passed to another account.',
};

test('the trust of each service role names this account, where the service says whom it acts for', () => {
  const unbound = Object.entries(suiteTemplates(EVERYTHING)).flatMap(([stack, template]) => {
    const { Resources } = template.toJSON() as { Resources: Record<string, Role> };
    return Object.entries(Resources)
      .filter(([, { Type }]) => Type === 'AWS::IAM::Role')
      .flatMap(([id, { Properties }]) =>
        Properties.AssumeRolePolicyDocument.Statement.filter(
          ({ Principal, Condition }) =>
            Principal.Service !== undefined &&
            !/"aws:Source(?:Account|Arn)"/.test(JSON.stringify(Condition ?? {})),
        ).map(({ Principal }) => [Principal.Service ?? '', `${stack}/${id}`] as const),
      );
  });
  expect(unbound.filter(([service]) => !(service in WITHOUT_SOURCE))).toEqual([]);
  expect(new Set(unbound.map(([service]) => service))).toEqual(new Set(Object.keys(WITHOUT_SOURCE)));
});
