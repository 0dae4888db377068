import {
  type CfnElement,
  CfnOutput,
  LegacyStackSynthesizer,
  Stack,
  type StackProps,
  Tags,
} from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { stampProvenance } from './provenance';
import { readableTemplate } from './readable-template';
import type { BaselineConfig } from '../config/config';
import { type StackKind, stackNameOf } from './stack-kinds';

/** Props of a stack that is wired from the configuration. */
export interface ConfiguredStackProps extends StackProps {
  /** The checked configuration. */
  readonly config: BaselineConfig;
}

/** A stack of the suite: deployed without a bootstrap, referring to other stacks weakly, with ids that people can read. */
export class BaselineStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps = {}) {
    super(scope, id, {
      // Assumes no role and expects no version of the bootstrap stack: a new account has none.
      synthesizer: new LegacyStackSynthesizer(),
      ...props,
    });
    // No stack holds another one back: any of them can be updated, removed and deployed again.
    this.node.setContext('@aws-cdk/core:defaultCrossStackReferences', 'weak');
    stampProvenance(this);
  }

  /**
   * The path of construct ids, without CDK's hash, which is what people see in the console. An id with other
   * characters than letters and digits, such as an e-mail address, keeps the hash, or two of them could be one.
   */
  protected override allocateLogicalId(element: CfnElement): string {
    const [, ...path] = element.node.path.split('/').filter((id) => id !== 'Default' && id !== 'Resource');
    const id = path.join('');
    return /^[A-Za-z][A-Za-z0-9]{0,254}$/.test(id) ? id : super.allocateLogicalId(element);
  }

  /** @internal */
  protected override _toCloudFormation(): unknown {
    return readableTemplate(super._toCloudFormation(), this);
  }

  /** Something that a person needs after the deployment. */
  protected output(id: string, value: string, description?: string): CfnOutput {
    return new CfnOutput(this, id, { value, description });
  }
}

/** What every stack of a configuration has in common. */
export function stackProps(
  config: BaselineConfig,
  kind: StackKind,
  description: string,
): ConfiguredStackProps {
  return {
    config,
    stackName: stackNameOf(config.stackName, kind),
    description,
    env: { region: config.region },
    terminationProtection: config.terminationProtection,
  };
}

/** Tags the resources of a stack, but for those that a tag would harm. */
export function tagResources(stack: Stack, tags: Readonly<Record<string, string>>): void {
  for (const [key, value] of Object.entries(tags)) {
    Tags.of(stack).add(key, value, {
      excludeResourceTypes: [
        // Tags of a stack reach every resource, those below too.
        'aws:cdk:stack',
        // See ConsoleGroup: an update of these would set the first password again.
        ...['AWS::IAM::User', 'AWS::SecretsManager::Secret'],
        // It takes fewer characters than all the others, and a tag is not worth a failure.
        ...(/^[\w+=.:/-]+$/.test(key) ? [] : ['AWS::SecurityHub::Hub']),
      ],
    });
  }
}
