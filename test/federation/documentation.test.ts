import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { parse } from 'yaml';
import { type BaselineOptions, defineBaseline } from '../../lib/config/config';
import { AUDIENCE } from '../../lib/federation/pipelines/issuers';
import { PIPELINE_ROLES, pipelinesOf, roleName } from '../../lib/federation/pipelines/pipelines';
import { SAML } from '../everything';
import { SMALLEST } from '../smallest';

const page = readFileSync('docs/federation.md', 'utf8');
const blocks = (language: string) =>
  [...page.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(([, text = '']) => text);

/** The configuration of each block. */
const configurations = blocks('ts').map((text) => {
  const options = runInNewContext(`({${text.replace('./metadata.xml', SAML.metadata)}})`);
  return defineBaseline({ ...SMALLEST, ...(options as Partial<BaselineOptions>) });
});
const roles = configurations.flatMap((config) =>
  pipelinesOf(config).flatMap((pipeline) =>
    PIPELINE_ROLES.filter((what) => pipeline[what]).map((what) => ({
      name: roleName(config.stackName, pipeline.name, what),
      claims: pipeline[what],
    })),
  ),
);
const claimsOf = (arn = '') => {
  const role = roles.find(({ name }) => arn.endsWith(`:role/${name}`));
  if (!role) throw new Error(`no configuration beside it creates ${arn}`);
  return role.claims;
};

interface Job {
  readonly if: string;
  readonly environment?: string;
  readonly permissions: Readonly<Record<string, string>>;
  readonly steps: readonly { readonly with?: Readonly<Record<string, string>>; readonly run?: string }[];
}
interface GitLabJob {
  readonly rules: readonly { readonly if: string }[];
  readonly variables: Readonly<Record<string, string>>;
  readonly script: readonly string[];
}

const [github, gitlab] = blocks('yaml').map((text) => parse(text) as Record<string, unknown>);
const jobs = (github as { jobs: Readonly<Record<'plan' | 'deploy' | 'verify', Job>> }).jobs;
const assumed = ({ steps }: Job) => steps.flatMap(({ with: given }) => given?.['role-to-assume'] ?? [])[0];

test('the page has one workflow of GitHub, one pipeline of GitLab, and five configurations', () => {
  expect([blocks('yaml').length, configurations.length]).toEqual([2, 5]);
});

test('the workflow asks for tokens in its jobs only, and for nothing else but reading', () => {
  expect(github).toMatchObject({ permissions: {} });
  for (const job of Object.values(jobs)) {
    expect(job.permissions).toEqual({ contents: 'read', 'id-token': 'write' });
  }
});

test('each job of the workflow assumes a role that its own token opens', () => {
  expect(jobs.plan.if).toContain("== 'pull_request'");
  expect(jobs.plan.environment).toBeUndefined();
  const plan = claimsOf(assumed(jobs.plan))?.equals['sub'] ?? [];
  expect(plan.every((sub) => sub.endsWith(':pull_request'))).toBe(true);
  const deploy = claimsOf(assumed(jobs.deploy))?.equals['sub'] ?? [];
  expect(deploy.every((sub) => sub.endsWith(`:environment:${jobs.deploy.environment}`))).toBe(true);
  expect(jobs.verify.if).toContain("== 'schedule'");
  const verify = claimsOf(assumed(jobs.verify))?.equals['sub'] ?? [];
  expect(verify.every((sub) => sub.endsWith(':ref:refs/heads/main'))).toBe(true);
});

test('the plan compares without a change set, and the deployment asks nobody', () => {
  const commands = (job: Job) => job.steps.flatMap(({ run }) => run ?? []);
  expect(commands(jobs.plan)).toContain('npx cdk diff --all --method template');
  expect(commands(jobs.deploy)).toContain('npx cdk deploy --all --require-approval never');
});

test('the pipeline of GitLab asks for the audience, and assumes the roles of its configuration', () => {
  const {
    default: defaults,
    plan,
    deploy,
  } = gitlab as {
    default: { id_tokens: Readonly<Record<string, { aud: string }>> };
    plan: GitLabJob;
    deploy: GitLabJob;
  };
  expect(Object.values(defaults.id_tokens)).toEqual([{ aud: AUDIENCE }]);
  for (const { script } of [plan, deploy]) {
    for (const name of Object.keys(defaults.id_tokens)) expect(script[0]).toContain(`"$${name}"`);
  }
  expect(claimsOf(plan.variables['AWS_ROLE_ARN'])?.like?.['sub']).toEqual([
    'project_path:example-co/shop:ref_type:branch:ref:*',
  ]);
  const [{ if: condition } = { if: '' }] = deploy.rules;
  const [, branch = ''] = /CI_COMMIT_BRANCH == "(.*)"/.exec(condition) ?? [];
  expect(claimsOf(deploy.variables['AWS_ROLE_ARN'])?.equals['sub']).toEqual([
    `project_path:example-co/shop:ref_type:branch:ref:${branch}`,
  ]);
});
