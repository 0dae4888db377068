import { calls, example, type Examples, parameters } from '../events/example';
import { ADMIN } from '../events/fixtures';
import { call, denied, through } from '../events/record';

const NAME = 'AWSCompromisedKeyQuarantineV3';
const POLICY = { userName: 'build-server', policyArn: `arn:aws:iam::aws:policy/${NAME}` };

export const examples: Examples = {
  matches: [
    example(
      'AWS attaches it',
      call('iam', 'AttachUserPolicy', through('AWS Internal', ADMIN), parameters(POLICY)),
    ),
    ...calls('iam', ADMIN, {
      AttachGroupPolicy: POLICY,
      PutUserPolicy: { userName: 'build-server', policyName: 'AWSCompromisedKeyQuarantine' },
    }),
  ],
  nearMisses: [
    example('it may not be attached', denied('iam', 'AttachUserPolicy', ADMIN, parameters(POLICY))),
    example('it is detached', call('iam', 'DetachUserPolicy', ADMIN, parameters(POLICY))),
    example(
      'it is deleted',
      call('iam', 'DeleteUserPolicy', ADMIN, parameters({ policyName: 'AWSCompromisedKeyQuarantine' })),
    ),
    ...calls('iam', ADMIN, {
      AttachUserPolicy: { userName: 'bob', policyArn: 'arn:aws:iam::aws:policy/AWSDenyAll' },
      PutUserPolicy: { userName: 'bob', policyName: 'Deploy' },
    }),
  ],
};
