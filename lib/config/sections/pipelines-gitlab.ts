import { z } from 'zod';
import { flag, section } from '../../fields/basics';
import { branch, fitsName, gitlabProject, hostName, NEEDS_NAME, pipelineName } from '../../fields/pipelines';
import { hasRights, hasRole, NO_RIGHTS, NO_ROLE, rights } from './pipeline-rights';

/** Projects on GitLab. */
export const gitlab = z.array(
  section({
    /** The project with its groups. */
    project: gitlabProject(),
    /**
     * Host name of GitLab, which AWS must be able to reach.
     * @default - gitlab.com
     */
    host: hostName().default('gitlab.com'),
    /**
     * Name in the names of the roles.
     * @default - the name of the project
     */
    name: pipelineName().optional(),
    /**
     * Creates the role for every branch of the project, which only reads.
     * @default - true
     */
    plan: flag().default(true),
    /**
     * Creates the role that deploys, for one branch. Protect the branch on GitLab.
     * @default - no such role
     */
    deploy: section({
      /** The branch. */
      branch: branch(),
    }).optional(),
    /**
     * What the roles may do, as for GitHub.
     * @default - 'cdk'
     */
    rights: rights(),
  })
    .refine(hasRole, NO_ROLE)
    .refine(hasRights, NO_RIGHTS)
    .refine(({ project, name }) => fitsName(project, name), NEEDS_NAME),
  { error: "must be a list of projects, such as [{ project: 'example-co/website' }]" },
);
