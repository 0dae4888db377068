import type { BaselineOptions } from '../../lib/config/config';
import { EmulatedSuite, type Statuses, type SuiteStack } from '../../emulator/suite';
import { suiteTemplates } from '../synth';

/** The stacks of a configuration, as `cdk deploy --all` would send them. */
export function suiteStacks(options: Partial<BaselineOptions> = {}): SuiteStack[] {
  const { stackName = 'AccountBaseline' } = options;
  return Object.entries(suiteTemplates(options)).map(([kind, template]) => ({
    name: `${stackName}-${kind}`,
    template,
  }));
}

/** The baseline in an emulated account. */
export class BaselineSuite extends EmulatedSuite {
  /** Deploys a configuration and removes the stacks that it asks for no longer, as `verify` says to. */
  async deployBaseline(options: Partial<BaselineOptions> = {}): Promise<Statuses> {
    const stacks = suiteStacks(options);
    const left = (await this.names()).filter(
      (name) => name.startsWith('AccountBaseline-') && !stacks.some((stack) => stack.name === name),
    );
    return { ...(await this.destroy(left.reverse())), ...(await this.deploy(stacks)) };
  }

  /** Removes every stack, the last one first. */
  async remove(): Promise<Statuses> {
    return this.destroy((await this.names()).filter((name) => name.startsWith('AccountBaseline-')).reverse());
  }

  /**
   * Physical ids of all stacks by logical ids; of one that several stacks have, by the stack's last word and
   * the id.
   */
  async all(): Promise<Record<string, string>> {
    const found = (await this.find(() => true)).filter(({ stack }) => stack.startsWith('AccountBaseline-'));
    const ids = found.map(({ logicalId }) => logicalId);
    return Object.fromEntries(
      found.map(({ stack, logicalId, physicalId }) => [
        ids.indexOf(logicalId) === ids.lastIndexOf(logicalId)
          ? logicalId
          : `${stack.split('-').at(-1) ?? ''}${logicalId}`,
        physicalId,
      ]),
    );
  }
}

/** Every stack of a configuration in this status. */
export function allIn(status: string, options: Partial<BaselineOptions> = {}): Statuses {
  return Object.fromEntries(suiteStacks(options).map(({ name }) => [name, status]));
}
