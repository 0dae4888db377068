import {
  AspectPriority,
  Aspects,
  type CfnElement,
  CfnOutput,
  LegacyStackSynthesizer,
  Stack,
  type StackProps,
  Tags,
} from 'aws-cdk-lib';
import { PATH_METADATA_ENABLE_CONTEXT } from 'aws-cdk-lib/cx-api';
import type { Construct, IConstruct } from 'constructs';
import { stampProvenance } from './provenance';
import { readableTemplate } from './readable-template';
import type { BaselineConfig } from '../config/config';
import { contentsOf, regionOf, type StackKind, stackNameOf } from './stack-kinds';

/** Props of a stack that is created from the configuration. */
export interface ConfiguredStackProps extends StackProps {
  /** The validated configuration. */
  readonly config: BaselineConfig;
}

/**
 * A stack of the suite. It needs no bootstrap, has weak references to other stacks, and readable logical IDs.
 */
export class BaselineStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps = {}) {
    super(scope, id, {
      // Needs no roles and no bootstrap version, which a new account does not have.
      synthesizer: new LegacyStackSynthesizer(),
      ...props,
    });
    // Weak references, so that each stack can be updated, deleted, and redeployed on its own.
    this.node.setContext('@aws-cdk/core:defaultCrossStackReferences', 'weak');
    // Paths would be other metadata than in a template of day zero or a clone, and update users and secrets.
    this.node.setContext(PATH_METADATA_ENABLE_CONTEXT, false);
    stampProvenance(this);
    // CloudFormation applies the tags of a stack to users and secrets, too. See ConsoleGroup.
    const visit = (node: IConstruct) => {
      if (node === this) this.removeTags();
    };
    Aspects.of(this).add({ visit }, { priority: AspectPriority.READONLY });
  }

  /** Removes the tags of the stack that an app added. Its resources keep theirs. */
  private removeTags(): void {
    const highest = Number.MAX_SAFE_INTEGER;
    for (const key of Object.keys(this.tags.tagValues())) this.tags.removeTag(key, highest);
  }

  /**
   * The path of construct IDs, without the CDK hash, because people see it in the console. An ID with
   * characters other than letters and digits, such as an e-mail address, keeps the hash. Otherwise two IDs
   * could collide.
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

  /** Adds an output that people need after the deployment. */
  protected output(id: string, value: string, description?: string): CfnOutput {
    return new CfnOutput(this, id, { value, description });
  }
}

/** Props that every stack of a configuration has in common. */
export function stackProps(config: BaselineConfig, kind: StackKind): ConfiguredStackProps {
  return {
    config,
    stackName: stackNameOf(config.stackName, kind),
    description: `Account baseline: ${contentsOf(kind)}`,
    env: { region: regionOf(kind, config.region) },
    terminationProtection: config.terminationProtection,
  };
}

/** Tags the resources of a stack, except those that a tag would harm. */
export function tagResources(stack: Stack, tags: Readonly<Record<string, string>>): void {
  for (const [key, value] of Object.entries(tags)) {
    Tags.of(stack).add(key, value, {
      excludeResourceTypes: [
        // Tags of the stack itself would apply to every resource, including those below.
        'aws:cdk:stack',
        // These allow fewer characters in tag keys than the other services.
        ...(/^[\w+=.:/-]+$/.test(key) ? [] : ['AWS::SecurityHub::Hub']),
        ...(/^[\w+=.:/\s-]+$/.test(key) ? [] : ['AWS::CloudFormation::StackSet']),
      ],
    });
  }
}
