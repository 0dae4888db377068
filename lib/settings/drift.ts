import { SNS } from '@aws-sdk/client-sns';

/** Tells people which settings were not as they should be, and are again, and which could not be checked. */
export async function tellOfDrift(account: string, drift: readonly string[]): Promise<void> {
  // Made here, so that nothing of it is left in a function that has no schedule.
  const sns = new SNS({});
  await sns.publish({
    TopicArn: process.env['TOPIC'],
    Subject: `[MEDIUM] ${account}: Account settings need a look`,
    Message: [
      'MEDIUM: Account settings need a look',
      `Account ${account}`,
      '',
      'They were set again, unless a line says otherwise. Ask who changed them: CloudTrail has the event.',
      '',
      ...drift,
    ].join('\n'),
  });
}
