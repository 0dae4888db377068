import { eventMatcher } from '../../emulator/event-pattern';
import type { BaselineOptions } from '../../lib/config/config';
import { stackTemplate } from '../synth';

/** ID of the key, in place of the reference to it. */
export const KEY_ID = '1234abcd-12ab-34cd-56ef-1234567890ab';

/** A rule of the Watchdog stack. */
export interface DeployedRule {
  readonly id: string;
  readonly pattern: Readonly<Record<string, unknown>>;
  readonly targets: readonly {
    readonly Id: string;
    readonly InputTransformer: {
      readonly InputPathsMap: Readonly<Record<string, string>>;
      readonly InputTemplate: unknown;
    };
  }[];
}

/** The rules that report tampering, by their logical ID without the first word. */
export function deployedRules(options: Partial<BaselineOptions> = {}): DeployedRule[] {
  const rules = stackTemplate('Watchdog', options).findResources('AWS::Events::Rule');
  return Object.entries(rules)
    .filter(([, { Properties }]) => 'EventPattern' in (Properties as object))
    .map(([id, { Properties }]) => {
      const { EventPattern, Targets } = Properties as {
        EventPattern: object;
        Targets: DeployedRule['targets'];
      };
      return { id: id.replace(/^On/, ''), pattern: resolved(EventPattern), targets: Targets };
    });
}

/** The only reference in a pattern is to the key. */
function resolved(pattern: object): DeployedRule['pattern'] {
  const text = JSON.stringify(pattern).replaceAll(/\{"Fn::GetStackOutput":\{[^}]*\}\}/g, `"${KEY_ID}"`);
  return JSON.parse(text) as DeployedRule['pattern'];
}

/** IDs of the rules that match an event. */
export function reportedBy(event: DeployedRule['pattern'], options: Partial<BaselineOptions> = {}): string[] {
  return deployedRules(options)
    .filter(({ pattern }) => eventMatcher(pattern)(event))
    .map(({ id }) => id);
}
