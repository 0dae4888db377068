import type { PipelineRole } from '../federation/pipelines/pipelines';

/** What differs between the workflows of two projects. */
export interface WorkflowProps {
  /** Home Region. */
  readonly region: string;
  /** Environment that deploys. */
  readonly environment: string;
  /** Branch that is deployed. */
  readonly branch: string;
  /** Names of the roles of the pipeline. */
  readonly roleOf: (what: PipelineRole) => string;
}

/**
 * A workflow of GitHub Actions that shows what a pull request changes, deploys what is merged, and verifies
 * the account on Monday mornings. A run fails if a check fails, and GitHub sends an e-mail about that.
 */
export function workflow({ region, environment, branch, roleOf }: WorkflowProps): string {
  const steps = (what: PipelineRole, command: string) => `    permissions:
      contents: read
      id-token: write
    steps:
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
        with:
          persist-credentials: false
      - uses: actions/setup-node@820762786026740c76f36085b0efc47a31fe5020 # v7.0.0
        with:
          node-version: 22
      - run: npm ci
      - uses: aws-actions/configure-aws-credentials@e6de054238d6b7531b4efff3b6587d9aade6a06c # v6.2.3
        with:
          aws-region: \${{ env.AWS_REGION }}
          role-to-assume: arn:aws:iam::\${{ vars.AWS_ACCOUNT_ID }}:role/${roleOf(what)}
      - run: ${command}
`;
  return `name: account
on:
  pull_request:
  push:
    branches: [${branch}]
  schedule:
    - cron: '17 6 * * 1'
permissions: {}
env:
  AWS_REGION: ${region}
jobs:
  plan:
    if: github.event_name == 'pull_request'
    runs-on: ubuntu-latest
${steps('plan', 'npx cdk diff --all --method template')}  deploy:
    if: github.event_name == 'push'
    runs-on: ubuntu-latest
    environment: ${environment}
    concurrency: account
${steps('deploy', 'npx cdk deploy --all --require-approval never')}  verify:
    if: github.event_name == 'schedule'
    runs-on: ubuntu-latest
${steps('verify', 'npx aws-account-baseline verify')}`;
}
