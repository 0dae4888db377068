import type { CloudFormationCustomResourceEvent, Context } from 'aws-lambda';

/**
 * Does the work of one event and returns the resource's physical id and attributes. A rejection is the reason
 * that people see.
 */
export type Work = (event: CloudFormationCustomResourceEvent) => Promise<{
  readonly PhysicalResourceId: string;
  readonly Data?: Readonly<Record<string, string>> | undefined;
}>;

/** Left of the function's time when it must answer, and each try of it, in milliseconds. */
const RESERVE = 6000;
const TRY = 1500;

/**
 * Runs the work and always answers CloudFormation, which otherwise waits until the resource's time-out.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/crpg-ref-responses.html
 */
export function customResource(work: Work) {
  return async (event: CloudFormationCustomResourceEvent, context: Context): Promise<void> => {
    const { StackId, RequestId, LogicalResourceId } = event;
    const outcome = await within(context.getRemainingTimeInMillis() - RESERVE, () => work(event)).then(
      (answer) => ({ Status: 'SUCCESS', ...answer }),
      (error: unknown) => {
        const reason = String(error);
        console.error(reason);
        return {
          Status: 'FAILED',
          //! CloudFormation refuses an answer above 4,096 bytes; a character may take six in JSON.
          Reason: reason.replace(/[^ -~]/g, '?').slice(0, 1000),
          PhysicalResourceId: 'PhysicalResourceId' in event ? event.PhysicalResourceId : LogicalResourceId,
        };
      },
    );
    await send(event.ResponseURL, JSON.stringify({ ...outcome, StackId, RequestId, LogicalResourceId }));
  };
}

async function within<T>(milliseconds: number, work: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`not done after ${Math.max(0, Math.round(milliseconds / 1000))} seconds`));
    }, milliseconds);
  });
  return Promise.race([work(), late]).finally(() => {
    clearTimeout(timer);
  });
}

//! Three tries: an answer that is lost hangs the stack.
async function send(url: string, body: string, tries = 3): Promise<void> {
  try {
    //! The URL is signed for an empty content type.
    const headers = { 'content-type': '' };
    const response = await fetch(url, { method: 'PUT', body, headers, signal: AbortSignal.timeout(TRY) });
    if (!response.ok) throw new Error(`CloudFormation answered ${response.status}`);
  } catch (error) {
    if (tries === 1) throw error;
    await send(url, body, tries - 1);
  }
}
