import { z } from 'zod';
import { section } from '../../fields/basics';
import { issuerUrl, pipelineName } from '../../fields/pipelines';
import { matching } from '../../fields/text';
import { GITHUB } from '../../federation/pipelines/issuers';
import { hasRights, hasRole, NO_RIGHTS, NO_ROLE, rights } from './pipeline-rights';

/** Issuers with a list of their own, which knows what their subjects look like. */
const OWN_LIST: Readonly<Record<string, string>> = {
  [GITHUB]: 'github',
  'https://gitlab.com': 'gitlab',
};

/**
 * Issuers that every account knows without a provider.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc.html
 */
const PUBLIC =
  /^https:\/\/(?:accounts\.google\.com|cognito-identity\.amazonaws\.com|graph\.facebook\.com|www\.amazon\.com)$/;

/** A value that starts with two whole parts, or with a long ID, cannot fit the tokens of strangers. */
const SAFE_PATTERN = /^(?:[^*?:/]+[:/][^*?:/]+[:/][^*?]*|[^*?]{32,}[:/])\*$/;

const claimValue = () =>
  z
    .string({ error: 'must be the value of a claim, as text' })
    .regex(/^\S(?:.{0,253}\S)?$/, {
      error: 'must be the value of a claim: 1 to 255 characters, no spaces around them',
      abort: true,
    })
    .regex(/^(?!.*\{\{)/s, { error: 'must not contain {{, which CloudFormation replaces', abort: true })
    .regex(/^[^$]*$/, { error: 'must not contain $, which begins a policy variable', abort: true })
    .refine((value) => !/[*?]/.test(value) || SAFE_PATTERN.test(value), {
      error:
        'must not let strangers in: a wildcard is allowed only as * at the end, after two whole parts such as organization:acme:',
    });

const claims = () =>
  z
    .record(
      matching(/^[a-zA-Z][\w.-]{0,63}$/, 'must be the name of a claim, such as sub'),
      z
        .array(claimValue(), { error: 'must be a list of values' })
        .min(1, { error: 'must list at least one value' }),
      { error: "must be claims with their values, such as { sub: ['organization:acme:project:web'] }" },
    )
    .refine((given) => given.sub !== undefined, {
      error: 'must contain the claim sub, or every token of the issuer could assume the role',
    })
    .refine((given) => given.aud === undefined, {
      error: 'must not contain the claim aud, which is always sts.amazonaws.com',
    });

/** Pipelines of other issuers. */
export const others = z.array(
  section({
    /** Name in the names of the roles. */
    name: pipelineName(),
    /** URL of the issuer, as its tokens have it. */
    issuer: issuerUrl()
      .refine((url) => !(url in OWN_LIST), {
        error: ({ input }) =>
          `must be in the list ${OWN_LIST[String(input)] ?? ''}, which checks its subjects`,
      })
      .refine((url) => !PUBLIC.test(url), {
        error: 'must not be an issuer of consumer accounts, with which everybody can sign in',
      }),
    /**
     * Claims that open the role that reads. Each must have one of its values; a * is allowed at the end.
     * @default - no such role
     */
    plan: claims().optional(),
    /**
     * Claims that open the role that deploys.
     * @default - no such role
     */
    deploy: claims().optional(),
    /**
     * What the roles may do, as for GitHub.
     * @default - 'cdk'
     */
    rights: rights(),
  })
    .refine(hasRole, NO_ROLE)
    .refine(hasRights, NO_RIGHTS),
  { error: 'must be a list such as [{ name, issuer, deploy: { sub: [...] } }]' },
);
