import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';

/** A topic of an app, to which these services can publish. */
export function admittingTopic(scope: Construct, id: string, ...services: string[]): Topic {
  const topic = new Topic(scope, id);
  for (const service of services) topic.grantPublish(new ServicePrincipal(`${service}.amazonaws.com`));
  return topic;
}
