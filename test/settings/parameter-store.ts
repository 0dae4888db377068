import {
  DeleteParameterCommand,
  GetParameterCommand,
  ParameterNotFound,
  PutParameterCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { mockClient } from 'aws-sdk-client-mock';

/** Parameter Store, as far as settings use it. */
export class ParameterStore {
  /** Values by name. */
  readonly parameters = new Map<string, string>();
  /** Calls so far: operation and name. */
  readonly calls: string[] = [];
  /** How often a value that was put is not seen yet by those who get it. */
  unseen = 0;
  /** Called before each call; what it throws is the answer. */
  onCall: (operation: string) => void = () => undefined;
  private readonly mock = mockClient(SSMClient);

  constructor() {
    this.mock.on(GetParameterCommand).callsFake(({ Name = '' }: { Name?: string }) => {
      this.called('GetParameter', Name);
      const { hidden } = this;
      const Value = hidden && hidden.times-- > 0 ? hidden.value : this.parameters.get(Name);
      if (Value === undefined) throw new ParameterNotFound({ message: `no ${Name}`, $metadata: {} });
      return { Parameter: { Name, Value } };
    });
    this.mock.on(PutParameterCommand).callsFake(({ Name = '', Value = '', Tier }) => {
      this.called('PutParameter', Name as string);
      expect(Tier).toBe('Standard');
      expect(Buffer.byteLength(Value as string)).toBeLessThanOrEqual(4096);
      // https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html
      expect(Value).not.toMatch(/\{\{.*\}\}/);
      this.hidden = { value: this.parameters.get(Name as string), times: this.unseen };
      this.parameters.set(Name as string, Value as string);
      return {};
    });
    this.mock.on(DeleteParameterCommand).callsFake(({ Name = '' }: { Name?: string }) => {
      this.called('DeleteParameter', Name);
      if (this.parameters.delete(Name)) return {};
      throw new ParameterNotFound({ message: `no ${Name}`, $metadata: {} });
    });
  }

  private hidden?: { readonly value: string | undefined; times: number };

  /** Nothing is remembered, and nothing was called. */
  reset(): void {
    this.parameters.clear();
    this.calls.length = 0;
    this.unseen = 0;
    this.onCall = () => undefined;
    this.hidden = undefined;
    this.mock.resetHistory();
  }

  /** What is remembered of a setting before anything set it, by Region. */
  previous(setting: string): Record<string, unknown> {
    const json = this.parameters.get(`/account-baseline/settings/${setting}`) ?? '{"previous":{}}';
    return (JSON.parse(json) as { previous: Record<string, unknown> }).previous;
  }

  private called(operation: string, name: string): void {
    this.calls.push(`${operation} ${name}`);
    this.onCall(operation);
  }
}
