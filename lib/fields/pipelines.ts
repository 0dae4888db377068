import { z } from 'zod';
import { matching } from './text';

/**
 * A name that must stand for one thing. A wildcard gets an error of its own, because anyone who writes one
 * expects that it works.
 *
 * @param reason why a wildcard is refused, phrased to follow the path
 */
const exact = (form: RegExp, error: string, reason: string) =>
  z
    .string({ error })
    .regex(/^[^*?]*$/, { error: reason, abort: true })
    .regex(form, { error, abort: true });

/**
 * A repository on GitHub, as `owner/name`.
 * @see https://docs.github.com/en/repositories/creating-and-managing-repositories/quickstart-for-repositories
 */
export const githubRepository = () =>
  exact(
    /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})\/[\w.-]{1,100}$/,
    'must be a repository on GitHub, such as example-co/website',
    'must not contain * or ?: every repository that fits could assume the role; list each one',
  );

/** A project on GitLab, with its groups. */
export const gitlabProject = () =>
  exact(
    /^[A-Za-z0-9_][\w.-]*(?:\/[A-Za-z0-9_][\w.-]*)+$/,
    'must be a project on GitLab with its group, such as example-co/website',
    'must not contain * or ?: every project that fits could assume the role; list each one',
  );

/** A branch that deploys. */
export const branch = () =>
  exact(
    /^[A-Za-z0-9_][\w./-]{0,199}$/,
    'must be the name of a branch, such as main',
    'must not contain * or ?: anyone who may push to a branch that fits could deploy; name one protected branch',
  );

/** A GitHub environment that deploys. A colon would be encoded in the subject. */
export const environmentName = () =>
  exact(
    /^[A-Za-z0-9_][\w.-]{0,99}$/,
    'must be the name of a GitHub environment, such as production',
    'must not contain * or ?: anyone who may add an environment that fits could deploy; name one environment',
  );

/**
 * A reusable workflow on GitHub, as the claim `job_workflow_ref` has it.
 * @see https://docs.github.com/en/actions/how-tos/secure-your-work/security-harden-deployments/oidc-with-reusable-workflows
 */
export const workflowRef = () =>
  exact(
    /^[\w.-]+\/[\w.-]+\/\.github\/workflows\/[\w./-]+\.ya?ml@[\w./-]+$/,
    'must be a workflow, such as example-co/ci/.github/workflows/deploy.yml@refs/heads/main',
    'must not contain * or ?: a workflow on another branch could deploy; name one workflow on one branch',
  );

/** The numeric ID of an owner or repository on GitHub. */
export const githubId = () =>
  matching(/^[1-9]\d{0,19}$/, 'must be a numeric ID of GitHub, as a string of digits');

/** Host name of a GitLab server. */
export const hostName = () =>
  matching(
    /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$/,
    'must be a host name in lower case, such as gitlab.example.com',
  );

/** Characters of the longest name: a role name has 64, of which the prefix and `-deploy` take 32. */
const LONGEST_PIPELINE = 32;

/** Name of a pipeline, which the names of its roles contain. */
export const pipelineName = () =>
  matching(
    new RegExp(`^[A-Za-z0-9][\\w.-]{0,${LONGEST_PIPELINE - 1}}$`),
    `must be 1 to ${LONGEST_PIPELINE} letters, digits, dots, hyphens and underscores, and begin with a letter or digit`,
  );

/**
 * URL of an OpenID Connect issuer, as the claim `iss` has it.
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html
 */
export const issuerUrl = () =>
  matching(
    /^https:\/\/[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?\.[a-z]{2,}(?:\/[\w.~/-]*[\w~-])?$/,
    'must be the https URL of an issuer, such as https://oidc.example.com/team, without a slash at the end',
  ).max(255, { error: 'must have at most 255 characters' });

/** Policies that change an account: anyone who opens a pull request must not get them. */
const WRITING = /(?:FullAccess|PowerUserAccess|AdministratorAccess\S*)$/;

/** A managed policy of AWS by its name, or a customer managed policy by its ARN. */
export const managedPolicy = () =>
  matching(
    /^(?:arn:[a-z-]+:iam::\d{12}:policy\/)?[\w+=,.@/-]{1,128}$/,
    'must be the name of an AWS managed policy, such as ReadOnlyAccess, or the ARN of a customer managed policy',
  );

/** A managed policy for the role of pull requests. */
export const readingPolicy = () =>
  managedPolicy().refine((name) => !WRITING.test(name), {
    error: 'must not change anything: every pull request could assume the role; list it under deploy',
  });

/** A repository whose name cannot be used needs a name of its own. */
export const fitsName = (path: string, name: string | undefined) =>
  name !== undefined || pipelineName().safeParse(path.replace(/^.*\//, '')).success;
/** The error if not. */
export const NEEDS_NAME = {
  error: `must be given, because the name of the repository does not fit: 1 to ${LONGEST_PIPELINE} characters, of which a letter or digit is first`,
  path: ['name'],
};
