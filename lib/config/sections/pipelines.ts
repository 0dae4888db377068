import { z } from 'zod';
import { GITHUB } from '../../federation/pipelines/issuers';
import { list, section } from '../../fields/basics';
import { issuerUrl } from '../../fields/pipelines';
import { matching } from '../../fields/text';
import { github } from './pipelines-github';
import { gitlab } from './pipelines-gitlab';
import { others } from './pipelines-others';

interface Lists {
  readonly github: z.output<typeof github>;
  readonly gitlab: z.output<typeof gitlab>;
  readonly others: z.output<typeof others>;
  readonly existingProviders: readonly string[];
}

/** Names of roles, which IAM compares without case. */
function sameNames(
  { github: ofGitHub, gitlab: ofGitLab, others: ofOthers }: Lists,
  context: z.RefinementCtx,
) {
  const all = [
    ...ofGitHub.map(({ repository, name }, index) => ({ path: ['github', index], of: repository, name })),
    ...ofGitLab.map(({ project, name }, index) => ({ path: ['gitlab', index], of: project, name })),
    ...ofOthers.map(({ name }, index) => ({ path: ['others', index], of: name, name })),
  ].map(({ path, of, name }) => ({ path: [...path, 'name'], name: name ?? of.replace(/^.*\//, '') }));
  all.forEach(({ path, name }, index) => {
    if (all.findIndex((other) => other.name.toLowerCase() === name.toLowerCase()) === index) return;
    context.addIssue({
      code: 'custom',
      path,
      message: 'is the name of another pipeline; give one of them a name of its own',
      input: name,
    });
  });
}

/** A typo in an existing provider would create a second one, which fails. */
function unusedProviders(
  { github: ofGitHub, gitlab: ofGitLab, others: ofOthers, existingProviders }: Lists,
  context: z.RefinementCtx,
) {
  const used = [
    ...(ofGitHub.length > 0 ? [GITHUB] : []),
    ...ofGitLab.map(({ host }) => `https://${host}`),
    ...ofOthers.map(({ issuer }) => issuer),
  ];
  existingProviders.forEach((issuer, index) => {
    if (used.includes(issuer)) return;
    context.addIssue({
      code: 'custom',
      path: ['existingProviders', index],
      message: `must be the issuer of a pipeline above: ${used.join(', ') || 'there is none'}`,
      input: issuer,
    });
  });
}

export const pipelines = section({
  /**
   * Repositories on GitHub whose workflows get roles.
   * @default []
   */
  github: github.default([]),
  /**
   * Projects on GitLab whose pipelines get roles.
   * @default []
   */
  gitlab: gitlab.default([]),
  /**
   * Pipelines of any other issuer, with the claims that open their roles.
   * @default []
   */
  others: others.default([]),
  /**
   * Qualifier of `cdk bootstrap`, which the names of its roles contain.
   * @default 'hnb659fds'
   */
  cdkQualifier: matching(
    /^[A-Za-z0-9_-]{1,10}$/,
    'must be the qualifier of cdk bootstrap: 1 to 10 letters, digits, hyphens and underscores',
  ).default('hnb659fds'),
  /**
   * Issuers, as URLs, of which the account already has an OpenID Connect provider. It is used as it is, and
   * must have the audience sts.amazonaws.com. An account can have only one for each issuer.
   * @default []
   */
  existingProviders: list(issuerUrl(), 'issuers').default([]),
})
  .superRefine(sameNames)
  .superRefine(unusedProviders)
  .prefault({});
