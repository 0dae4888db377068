import { calls, example, type Examples } from '../events/example';
import { ADMIN, INTRUDER } from '../events/fixtures';
import { call, denied } from '../events/record';

export const examples: Examples = {
  matches: calls('config', ADMIN, {
    StopConfigurationRecorder: { configurationRecorderName: 'default' },
    DeleteDeliveryChannel: { deliveryChannelName: 'default' },
    PutDeliveryChannel: { deliveryChannel: { name: 'default', s3BucketName: 'config' } },
    PutConfigurationRecorder: { configurationRecorder: { name: 'default' } },
  }),
  nearMisses: [
    example('an intruder may not', denied('config', 'StopConfigurationRecorder', INTRUDER)),
    example('another service gets a channel', call('firehose', 'PutDeliveryChannel', ADMIN)),
    example('the recorder is read', call('config', 'DescribeConfigurationRecorders', ADMIN)),
    example('the recorder starts', call('config', 'StartConfigurationRecorder', ADMIN)),
    example('a rule is added', call('config', 'PutConfigRule', ADMIN)),
  ],
};
