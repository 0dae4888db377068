import type { CloudFormationCustomResourceEvent, Context } from 'aws-lambda';

/**
 * Handles one event and returns the physical ID and attributes of the resource. If it rejects, the error is
 * the reason in the stack events.
 */
export type Work = (event: CloudFormationCustomResourceEvent) => Promise<{
  readonly PhysicalResourceId: string;
  readonly Data?: Readonly<Record<string, string>> | undefined;
}>;

/** Time before the function's timeout that is reserved for the response, in milliseconds. */
const RESERVE = 6000;
/** Time limit of each attempt to send the response, in milliseconds. */
const TRY = 1500;

/**
 * Runs the work and always responds to CloudFormation, which otherwise waits until the resource times out.
 * Events that CloudFormation would not send are refused before any work: others may invoke the function.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/crpg-ref-responses.html
 */
export function customResource(work: Work) {
  return async (event: CloudFormationCustomResourceEvent, context: Context): Promise<void> => {
    const { StackId, RequestId, LogicalResourceId } = event;
    refuseForged(event);
    const outcome = await within(context.getRemainingTimeInMillis() - RESERVE, () => work(event)).then(
      (answer) => ({ Status: 'SUCCESS', ...answer }),
      (error: unknown) => {
        const reason = String(error);
        console.error(reason);
        return {
          Status: 'FAILED',
          //! CloudFormation accepts 4,096 bytes; a character can take six in JSON.
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
      reject(new Error(`timed out after ${Math.max(0, Math.round(milliseconds / 1000))} seconds`));
    }, milliseconds);
  });
  return Promise.race([work(), late]).finally(() => {
    clearTimeout(timer);
  });
}

/**
 * CloudFormation receives responses in a bucket of its own in the Region. S3 has several forms of host names,
 * such as `.s3.us-east-2.amazonaws.com`, `.s3-eu-west-1.amazonaws.com`, and `.s3.amazonaws.com`.
 *
 * @throws {Error} if the event is of another kind, or names another address
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-vpce-bucketnames.html
 */
function refuseForged({ RequestType, ResponseURL }: CloudFormationCustomResourceEvent): void {
  const { protocol, host } = new URL(ResponseURL);
  const isOurs =
    protocol === 'https:' &&
    //! Not the exact name: a name that we do not know would keep the stack waiting.
    /^cloudformation-custom-resource-response-[a-z0-9]+\.s3[.-]([a-z0-9-]+\.)*amazonaws\.(com|com\.cn|eu)$/.test(
      host,
    );
  if (!isOurs) throw new Error(`refused: CloudFormation does not receive responses at ${clean(host)}`);
  if (['Create', 'Update', 'Delete'].includes(RequestType)) return;
  throw new Error(`refused: CloudFormation sends no request of type ${clean(RequestType)}`);
}

/** Text of an event for the log: its characters cannot end a line or hide others. */
function clean(text: unknown): string {
  return String(text)
    .replace(/[^ -~]/g, '?')
    .slice(0, 200);
}

//! Three attempts: a lost response hangs the stack.
async function send(url: string, body: string, tries = 3): Promise<void> {
  try {
    //! The URL is signed for an empty content type.
    const headers = { 'content-type': '' };
    const response = await fetch(url, { method: 'PUT', body, headers, signal: AbortSignal.timeout(TRY) });
    if (!response.ok) throw new Error(`CloudFormation returned ${response.status}`);
  } catch (error) {
    if (tries === 1) throw error;
    await send(url, body, tries - 1);
  }
}
