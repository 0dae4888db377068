import { daily, type Habit, WORKDAYS } from '../habit';
import { call, type Call, role } from '../record';

const ASSISTANT = role('SupportAssistant', 'SupportAssistant', {
  sourceIPAddress: '44.201.7.16',
  userAgent:
    'Boto3/1.40.55 md/Botocore#1.40.55 ua/2.1 os/linux#5.10 lang/python#3.13.9 exec-env/AWS_Lambda_python3.13',
});
const MODEL = { modelId: 'anthropic.claude-sonnet-4-5-20250929-v1:0' };

/**
 * A function that drafts answers with a model of Amazon Bedrock, which the company has used for a long time.
 */
export const assistant: Habit = {
  title: 'Assistant of the support team, on Amazon Bedrock',
  records: () =>
    ['09:00', '11:00', '14:00', '16:00'].flatMap((time) =>
      daily(WORKDAYS, time, 90, () => [
        ...Array.from({ length: 5 }, (): Call => call(ASSISTANT, 'bedrock', 'InvokeModel', MODEL)),
        call(ASSISTANT, 'bedrock', 'ApplyGuardrail', { guardrailIdentifier: 'a1b2c3d4e5f6' }),
      ]),
    ),
};
