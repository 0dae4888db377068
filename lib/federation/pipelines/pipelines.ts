import type { BaselineConfig } from '../../config/config';
import { AUDIENCE, GITHUB, hostOf } from './issuers';

/** Claims of a token that open a role: all of them must fit. */
export interface Claims {
  /** Claims that must have one of these values. */
  readonly equals: Readonly<Record<string, readonly string[]>>;
  /**
   * Claims that must fit one of these patterns.
   * @default {}
   */
  readonly like?: Readonly<Record<string, readonly string[]>>;
}

/** What the roles of a pipeline may do. */
type PipelineRights = BaselineConfig['federation']['pipelines']['github'][number]['rights'];

/** A pipeline with its roles. */
export interface Pipeline {
  /** Name that the names of the roles contain. */
  readonly name: string;
  /** URL of the issuer. */
  readonly issuer: string;
  readonly rights: PipelineRights;
  /** Claims that open the role for pull requests; undefined if there is no such role. */
  readonly plan?: Claims;
  /** Claims that open the role that deploys; undefined if there is no such role. */
  readonly deploy?: Claims;
  /** Claims that open the role for `verify`; undefined if there is no such role. */
  readonly verify?: Claims;
}

/** Roles of a pipeline, as their names end. */
export const PIPELINE_ROLES = ['plan', 'deploy', 'verify'] as const;

/** What a role of a pipeline is for. */
export type PipelineRole = (typeof PIPELINE_ROLES)[number];

type Options = BaselineConfig['federation']['pipelines'];
type GitHub = Options['github'][number];
type GitLab = Options['gitlab'][number];
type Other = Options['others'][number];

/** The pipelines of a configuration. */
export function pipelinesOf({
  federation,
  region,
}: Pick<BaselineConfig, 'federation' | 'region'>): Pipeline[] {
  const { github, gitlab, others } = federation.pipelines;
  const checksIds = !OTHER_PARTITION.test(region ?? '');
  return [...github.map((one) => ofGitHub(one, checksIds)), ...gitlab.map(ofGitLab), ...others.map(ofOther)];
}

/** The last part of a repository's path, unless it has a name of its own. */
const nameOf = (path: string, name: string | undefined) => name ?? path.replace(/^.*\//, '');

/** Regions where STS may check no claims of GitHub but audience and subject. */
const OTHER_PARTITION = /^(?:us-gov|cn|us-iso|eu-iso|eusc)/;

function ofGitHub(options: GitHub, checksIds: boolean): Pipeline {
  const { repository, name, plan, deploy, verify, rights } = options;
  const { environment, branch, workflow } = deploy ?? {};
  const place = environment === undefined ? `ref:refs/heads/${branch}` : `environment:${environment}`;
  const more = {
    ...(workflow === undefined ? {} : { job_workflow_ref: [workflow] }),
    // The subject of a job with an environment does not contain the branch.
    ...(environment === undefined || branch === undefined ? {} : { ref: [`refs/heads/${branch}`] }),
  };
  const claims = (what: string) => githubClaims(options, what, checksIds);
  return {
    name: nameOf(repository, name),
    issuer: GITHUB,
    rights,
    ...(plan ? { plan: { equals: claims('pull_request') } } : {}),
    ...(deploy ? { deploy: { equals: { ...claims(place), ...more } } } : {}),
    ...(verify ? { verify: { equals: claims(`ref:refs/heads/${verify.branch}`) } } : {}),
  };
}

/**
 * Repositories that were created, renamed or transferred since 2026-07-15 have their IDs in the subject,
 * others only their names. With the IDs, both fit, if the ID of the repository does: nobody who takes over a
 * freed name gets in. Where STS does not check that claim, only the subject with the IDs fits, and older
 * repositories must opt in to it.
 * @see https://github.blog/changelog/2026-04-23-immutable-subject-claims-for-github-actions-oidc-tokens
 * @see https://aws.amazon.com/about-aws/whats-new/2026/01/aws-sts-supports-validation-identity-provider-claims/
 */
function githubClaims({ repository, ids }: GitHub, place: string, checksIds: boolean): Claims['equals'] {
  const names = `repo:${repository}:${place}`;
  if (!ids) return { sub: [names] };
  const [owner, name] = repository.split('/');
  const immutable = `repo:${owner}@${ids.owner}/${name}@${ids.repository}:${place}`;
  return checksIds ? { repository_id: [ids.repository], sub: [immutable, names] } : { sub: [immutable] };
}

/**
 * The subject of a merge request is that of its source branch, so every branch of the project may plan. A
 * fork is another project. STS checks no other claims of GitLab.
 * @see https://docs.gitlab.com/ci/cloud_services/aws/
 */
function ofGitLab({ project, name, host, plan, deploy, rights }: GitLab): Pipeline {
  const subject = (branch: string) => ({ sub: [`project_path:${project}:ref_type:branch:ref:${branch}`] });
  return {
    name: nameOf(project, name),
    issuer: `https://${host}`,
    rights,
    ...(plan ? { plan: { equals: {}, like: subject('*') } } : {}),
    ...(deploy ? { deploy: { equals: subject(deploy.branch) } } : {}),
  };
}

function ofOther({ name, issuer, plan, deploy, rights }: Other): Pipeline {
  return {
    name,
    issuer,
    rights,
    ...(plan ? { plan: given(plan) } : {}),
    ...(deploy ? { deploy: given(deploy) } : {}),
  };
}

/** Values with a wildcard become patterns. */
function given(claims: Readonly<Record<string, readonly string[]>>): Claims {
  const isPattern = ([, values]: readonly [string, readonly string[]]) =>
    values.some((value) => value.includes('*'));
  const all = Object.entries(claims);
  return {
    equals: Object.fromEntries(all.filter((claim) => !isPattern(claim))),
    like: Object.fromEntries(all.filter(isPattern)),
  };
}

/** The conditions of a trust policy that let these claims of an issuer in, for this audience alone. */
export function conditionsOf(issuer: string, { equals, like = {} }: Claims) {
  const key = (claim: string) => `${hostOf(issuer)}:${claim}`;
  const keyed = (claims: Readonly<Record<string, readonly string[]>>) =>
    Object.fromEntries(
      Object.entries(claims).map(([claim, values]) => [key(claim), values.length === 1 ? values[0] : values]),
    );
  return {
    StringEquals: { [key('aud')]: AUDIENCE, ...keyed(equals) },
    ...(Object.keys(like).length === 0 ? {} : { StringLike: keyed(like) }),
  };
}

/** Name of a role of a pipeline. It is a physical name because people write it into their workflows. */
export const roleName = (prefix: string, pipeline: string, what: PipelineRole) =>
  `${prefix}-${pipeline}-${what}`;
