import { z } from 'zod';
import { flag, section } from '../../fields/basics';
import {
  branch,
  environmentName,
  fitsName,
  githubId,
  githubRepository,
  NEEDS_NAME,
  pipelineName,
  workflowRef,
} from '../../fields/pipelines';
import { hasRights, hasRole, NO_RIGHTS, NO_ROLE, rights } from './pipeline-rights';

/** Repositories on GitHub. */
export const github = z.array(
  section({
    /** The repository, as owner/name, in the spelling of GitHub. */
    repository: githubRepository(),
    /**
     * Numeric IDs of owner and repository: `gh api repos/OWNER/NAME --jq '[.owner.id, .id]'`. Repositories
     * that were created, renamed or transferred since 2026-07-15 need them. They keep everybody out who
     * takes over a freed name.
     * @default - only the names are compared
     */
    ids: section({
      /** ID of the owner. */
      owner: githubId(),
      /** ID of the repository. */
      repository: githubId(),
    }).optional(),
    /**
     * Name in the names of the roles.
     * @default - the name of the repository
     */
    name: pipelineName().optional(),
    /**
     * Creates the role for pull requests, which only reads.
     * @default - true
     */
    plan: flag().default(true),
    /**
     * Creates the role that deploys, for one environment or one branch. Protect it on GitHub: anyone who may
     * push to the branch, or use the environment, can deploy. An environment with required reviewers is
     * stronger, because a workflow that runs on `pull_request_target` counts as the branch.
     * @default - no such role
     */
    deploy: section({
      /** A GitHub environment. @default - any */
      environment: environmentName().optional(),
      /** A branch; with an environment, both must fit. @default - any */
      branch: branch().optional(),
      /** The reusable workflow that must run, on a branch or tag. @default - any */
      workflow: workflowRef().optional(),
    })
      .refine(({ environment, branch }) => environment !== undefined || branch !== undefined, {
        error: 'must have an environment or a branch; otherwise every branch could deploy',
      })
      .optional(),
    /**
     * Creates a role for `aws-account-baseline verify` on a schedule, such as once a week. It reads what
     * auditors do: settings, and no data.
     * @default - no such role
     */
    verify: section({
      /** The branch whose workflow runs on the schedule: GitHub schedules only the default branch. */
      branch: branch(),
    }).optional(),
    /**
     * What the roles `plan` and `deploy` may do. 'cdk': assume the roles of `cdk bootstrap`. 'baseline':
     * compare and deploy the stacks of this baseline. Or managed policies for each role.
     * @default - 'cdk'
     */
    rights: rights(),
  })
    .refine(hasRole, NO_ROLE)
    .refine(hasRights, NO_RIGHTS)
    .refine(({ repository, name }) => fitsName(repository, name), NEEDS_NAME),
  { error: "must be a list of repositories, such as [{ repository: 'example-co/website' }]" },
);
