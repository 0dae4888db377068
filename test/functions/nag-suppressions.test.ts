import { Aws, Fn } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { markPart } from '../../lib/functions/mark-part';
import { acknowledge, acknowledgeWildcard } from '../../lib/functions/nag-suppressions';
import { templateOf } from '../synth';

const role = (act: (role: Role) => void) =>
  templateOf((scope) => {
    act(new Role(scope, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') }));
  });

test('an acknowledged finding stands on its resource in the form that each scanner of templates reads', () => {
  const template = role((one) => {
    acknowledge(
      one,
      {
        reason: 'why',
        cdkNag: ['A-1', 'A-2[Resource::*]'],
        checkov: ['CKV_1'],
        guard: ['G_1'],
        cfnNag: ['W1'],
      },
      { reason: 'why not', checkov: ['CKV_2'], guard: ['G_2'] },
      { reason: 'because', cdkNag: ['A-1', 'A-2[Resource::*]'] },
    );
  });
  template.hasResource('AWS::IAM::Role', {
    Metadata: {
      cdk_nag: {
        rules_to_suppress: [
          { id: 'A-1', reason: 'because' },
          { id: 'A-2', reason: 'because', applies_to: ['Resource::*'] },
        ],
      },
      checkov: {
        skip: [
          { id: 'CKV_1', comment: 'why' },
          { id: 'CKV_2', comment: 'why not' },
        ],
      },
      cfn_nag: { rules_to_suppress: [{ id: 'W1', reason: 'why' }] },
      guard: { SuppressedRules: ['G_1', 'G_2'] },
    },
  });
});

test('a reason that no other scanner takes stands beside the rules of Guard', () => {
  role((one) => {
    acknowledge(one, { reason: 'why', guard: ['G_1'], cdkNag: ['A-1'] });
  }).hasResource('AWS::IAM::Role', {
    Metadata: { guard: { SuppressedRules: ['G_1'], Reasons: ['why'] } },
  });
});

test('a wildcard is acknowledged as cdk-nag spells it, and * for the scanners that report it alone', () => {
  role((one) => {
    acknowledgeWildcard(one, 'arn:aws:logs:*', 'streams');
    acknowledgeWildcard(one, '*', 'no resource');
  }).hasResource('AWS::IAM::Role', {
    Metadata: {
      cdk_nag: {
        rules_to_suppress: [
          { id: 'AwsSolutions-IAM5', reason: 'streams', applies_to: ['Resource::arn:aws:logs:*'] },
        ],
      },
      checkov: { skip: [{ id: 'CKV_AWS_111', comment: 'no resource' }] },
    },
  });
});

test('a wildcard after parts that only AWS knows is acknowledged with their names', () => {
  const appliesTo = (resource: string) => {
    const template = role((one) => {
      acknowledgeWildcard(one, resource, 'why');
    });
    const [found] = Object.values(template.findResources('AWS::IAM::Role')) as {
      Metadata: { cdk_nag: { rules_to_suppress: { applies_to: string[] }[] } };
    }[];
    return found?.Metadata.cdk_nag.rules_to_suppress.flatMap(({ applies_to }) => applies_to);
  };
  expect(appliesTo(`arn:${Aws.PARTITION}:s3:::logs/*`)).toEqual([
    'Resource::arn:<AWS::Partition>:s3:::logs/*',
  ]);
  expect(appliesTo(`${Fn.getAtt('Bucket', 'Arn').toString()}/*`)).toEqual(['Resource::<Bucket.Arn>/*']);
  expect(() => appliesTo(Fn.select(0, Fn.split('-', Aws.REGION)))).toThrow(/^cannot format .* like cdk-nag$/);
});

test('only a resource can be a part that verify reads', () => {
  const mark = () =>
    templateOf((scope) => {
      markPart(new Construct(scope, 'None'), 'trail');
    });
  expect(mark).toThrow(/^a part must be a resource, got .*None$/);
});

test('what another stack has needs no metadata here', () => {
  const template = templateOf((scope) => {
    acknowledge(Topic.fromTopicArn(scope, 'Topic', 'arn:aws:sns:us-east-1:123456789012:topic'), {
      reason: 'why',
      checkov: ['CKV_1'],
    });
  });
  expect(JSON.stringify(template.toJSON())).not.toContain('CKV_1');
});
