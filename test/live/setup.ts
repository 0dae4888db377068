import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';

/** Holds why nothing can be asked of AWS; the environment is all that jest hands on to the tests. */
export const SKIPPED = 'LIVE_SKIPPED';

/** Looks for credentials as the AWS CLI does: whether to skip must be known before the tests are defined. */
export default async function setup(): Promise<void> {
  try {
    await new CloudWatchLogsClient({}).config.credentials();
  } catch (error) {
    process.env[SKIPPED] = error instanceof Error ? error.message : String(error);
  }
}
