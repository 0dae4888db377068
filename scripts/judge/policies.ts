import type { Json } from '../../lib/stacks/merged';

/** Identity policies of a template as JSON texts, by logical ID and position. */
export function identityPolicies(template: Json): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [id, resource] of Object.entries(template.Resources)) {
    const { Type, Properties } = resource as { Type: string; Properties?: object };
    if (!Type.startsWith('AWS::IAM::') || Properties === undefined) continue;
    const { PolicyDocument, Policies = [] } = Properties as {
      PolicyDocument?: unknown;
      Policies?: readonly { PolicyDocument: unknown }[];
    };
    const documents = [PolicyDocument, ...Policies.map((policy) => policy.PolicyDocument)];
    documents
      .filter((document) => document !== undefined)
      .forEach((document, index) => {
        found[`${id}-${index}`] = JSON.stringify(resolved(document), undefined, 1);
      });
  }
  return found;
}

const PSEUDO: Readonly<Record<string, string>> = {
  'AWS::AccountId': '123456789012',
  'AWS::Partition': 'aws',
  'AWS::Region': 'us-east-1',
  'AWS::StackName': 'AccountBaseline',
  'AWS::URLSuffix': 'amazonaws.com',
};

/** Stands for an ARN that only the deployment knows. It is of every service. */
const ARN = 'arn:aws:*:*:*:*';

/** Replaces functions by what they may return. */
function resolved(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(resolved);
  if (typeof value !== 'object' || value === null) return value;
  const [[name, argument] = ['', undefined]] = Object.entries(value) as [string, unknown][];
  if (name === 'Ref') return PSEUDO[String(argument)] ?? ARN;
  if (name === 'Fn::Sub') return replaced(String([argument].flat()[0]));
  if (name === 'Fn::Join') {
    const [separator, parts] = argument as [string, readonly unknown[]];
    return parts.map((part) => String(resolved(part))).join(separator);
  }
  if (name.startsWith('Fn::')) return ARN;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, resolved(one)]));
}

function replaced(text: string): string {
  const whole = /^\$\{([^}]+)\.Arn\}(.*)$/.exec(text);
  if (whole) return `arn:aws:*:::*${whole[2] ?? ''}`;
  return text.replace(/\$\{([^}]+)\}/g, (_, name: string) => PSEUDO[name] ?? 'example');
}
