import { type PublishCommandInput, SNSServiceException } from '@aws-sdk/client-sns';

/**
 * Refuses what SNS, or the SDK on the way to it, refuses.
 * @see https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
 */
export function take({ Subject, Message = '' }: PublishCommandInput): object {
  // Part of the request as a form: throws at half a surrogate pair.
  encodeURIComponent(Message);
  const taken =
    (Subject === undefined || /^[!-~][ -~]{0,99}$/.test(Subject)) &&
    Message !== '' &&
    Buffer.byteLength(Message) <= 262_144;
  if (!taken) throw snsRefusal('InvalidParameter');
  return {};
}

/** An error of SNS. */
export function snsRefusal(name: string): SNSServiceException {
  return new SNSServiceException({ name, message: 'no', $fault: 'client', $metadata: {} });
}
