import { example, type Examples, parameters } from '../events/example';
import { ADMIN, APP, INTRUDER } from '../events/fixtures';
import { call, denied, through } from '../events/record';

const LARGE = [
  'p2.xlarge',
  'g5.2xlarge',
  'trn1.2xlarge',
  'inf2.xlarge',
  'm7i.metal-24xl',
  'c6i.24xlarge',
  'r7i.48xlarge',
];
const run = (title: string, instanceType: string, by = INTRUDER) =>
  example(title, call('ec2', 'RunInstances', by, parameters({ instanceType })));

export const examples: Examples = {
  matches: [
    ...LARGE.map((type) => run(type, type)),
    example(
      'a stolen role may not',
      denied('ec2', 'RunInstances', APP, {
        errorCode: 'Client.UnauthorizedOperation',
        ...parameters({ instanceType: 'p2.xlarge' }),
      }),
    ),
    example(
      'a new account has no quota',
      call('ec2', 'RunInstances', INTRUDER, {
        errorCode: 'Client.VcpuLimitExceeded',
        ...parameters({ instanceType: 'p5.48xlarge' }),
      }),
    ),
  ],
  nearMisses: [
    run('a small instance', 't3.micro', ADMIN),
    run('a large one', 'm7g.16xlarge', ADMIN),
    run('Auto Scaling', 'g5.xlarge', through('autoscaling', ADMIN)),
    example(
      'a launch template',
      call('ec2', 'CreateLaunchTemplate', ADMIN, parameters({ instanceType: 'p2.xlarge' })),
    ),
  ],
};
