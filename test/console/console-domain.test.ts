import { CfnOutput, Stack } from 'aws-cdk-lib';
import { consoleDomain } from '../../lib/console/console-domain';
import { templateOf } from '../synth';

const template = templateOf((scope) => {
  const stack = Stack.of(scope);
  for (const name of ['One', 'Other']) {
    new CfnOutput(stack, name, { value: consoleDomain(scope, 'console') });
  }
  return new CfnOutput(stack, 'SignIn', { value: consoleDomain(scope, 'signIn') });
}).toJSON() as { readonly Mappings: object; readonly Outputs: Readonly<Record<string, object>> };

const lookedUpIn = (mapping: string) => ({
  Value: { 'Fn::FindInMap': [mapping, { Ref: 'AWS::Partition' }, 'domain'] },
});

test('a stack looks the domain up by its partition, in one mapping of each kind', () => {
  expect(template.Outputs).toEqual({
    One: lookedUpIn('ConsoleDomains'),
    Other: lookedUpIn('ConsoleDomains'),
    SignIn: lookedUpIn('SignInDomains'),
  });
  expect(template.Mappings).toEqual({
    ConsoleDomains: {
      aws: { domain: 'console.aws.amazon.com' },
      'aws-cn': { domain: 'console.amazonaws.cn' },
      'aws-us-gov': { domain: 'console.amazonaws-us-gov.com' },
    },
    SignInDomains: {
      aws: { domain: 'signin.aws.amazon.com' },
      'aws-cn': { domain: 'signin.amazonaws.cn' },
      'aws-us-gov': { domain: 'signin.amazonaws-us-gov.com' },
    },
  });
});
