/** Small templates of stacks that refer to each other, as the CDK writes weak references. */

/** Reads an output of another stack. */
export function stackOutput(stack: string, output: string, more: object = {}): object {
  const reference = { StackName: stack, Region: { Ref: 'AWS::Region' }, OutputName: output };
  return { 'Fn::GetStackOutput': { ...reference, ...more } };
}

/** A topic whose ARN is the output `TopicArn`. */
export function producer(topicName: string): object {
  return {
    Resources: { Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: topicName } } },
    Outputs: { TopicArn: { Value: { Ref: 'Topic' } } },
  };
}

/** A parameter `/<name>` with this value, which is also the output `Value`. */
export function consumer(name: string, value: unknown, resources: object = {}): object {
  const properties = { Type: 'String', Name: `/${name}`, Value: value };
  return {
    Resources: { Parameter: { Type: 'AWS::SSM::Parameter', Properties: properties }, ...resources },
    Outputs: { Value: { Value: { 'Fn::GetAtt': ['Parameter', 'Value'] } } },
  };
}
