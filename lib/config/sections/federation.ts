import { section } from '../../fields/basics';
import { pipelines } from './pipelines';

export const federation = section({
  /**
   * Pipelines that assume roles with tokens of their own platform, so that they need no access keys. Each
   * repository gets a role that reads, for pull requests, and one that deploys.
   */
  pipelines,
}).prefault({});
