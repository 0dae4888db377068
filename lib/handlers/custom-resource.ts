import type { CloudFormationCustomResourceEvent, Context } from 'aws-lambda';

/** What a resource is after the work was done. */
export interface Result {
  /** Returned by `Ref`. CloudFormation deletes the old resource when an Update changes it. */
  readonly physicalResourceId: string;
}

/** Does the work of one event. A rejection becomes the reason that the CloudFormation event shows. */
export type Work = (event: CloudFormationCustomResourceEvent) => Promise<Result>;

/** Left of the function's time when it must answer, in milliseconds. */
const RESERVE = 5000;

/**
 * Runs the work and always answers CloudFormation, which otherwise waits until the resource's time-out.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/crpg-ref-responses.html
 */
export function customResource(work: Work) {
  return async (event: CloudFormationCustomResourceEvent, context: Context): Promise<void> => {
    const { StackId, RequestId, LogicalResourceId } = event;
    const answer = { StackId, RequestId, LogicalResourceId };
    try {
      const { physicalResourceId } = await within(context.getRemainingTimeInMillis() - RESERVE, work(event));
      await send(event, { ...answer, Status: 'SUCCESS', PhysicalResourceId: physicalResourceId });
    } catch (error) {
      const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      console.error(reason);
      const known = 'PhysicalResourceId' in event ? event.PhysicalResourceId : LogicalResourceId;
      // CloudFormation refuses an answer above 4,096 bytes.
      await send(event, {
        ...answer,
        Status: 'FAILED',
        Reason: reason.slice(0, 1000),
        PhysicalResourceId: known,
      });
    }
  };
}

async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`not done after ${Math.round(milliseconds / 1000)} seconds`));
    }, milliseconds);
  });
  return Promise.race([work, late]).finally(() => {
    clearTimeout(timer);
  });
}

/** Three tries: an answer that is lost hangs the stack. */
async function send(event: CloudFormationCustomResourceEvent, answer: object, tries = 3): Promise<void> {
  try {
    const response = await fetch(event.ResponseURL, { method: 'PUT', body: JSON.stringify(answer) });
    if (!response.ok) throw new Error(`CloudFormation answered ${response.status}`);
  } catch (error) {
    if (tries === 1) throw error;
    await send(event, answer, tries - 1);
  }
}
