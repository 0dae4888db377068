import {
  DeleteAccountPasswordPolicyCommand,
  GetAccountPasswordPolicyCommand,
  IAMClient,
  IAMServiceException,
  NoSuchEntityException,
  type PasswordPolicy,
  UpdateAccountPasswordPolicyCommand,
  type UpdateAccountPasswordPolicyCommandInput,
} from '@aws-sdk/client-iam';
import { mockClient } from 'aws-sdk-client-mock';

/** Smallest and largest value that IAM takes. */
const LIMITS: Record<string, [minimum: number, maximum: number]> = {
  MinimumPasswordLength: [6, 128],
  MaxPasswordAge: [1, 1095],
  PasswordReusePrevention: [1, 24],
};

const FLAGS = [
  'RequireSymbols',
  'RequireNumbers',
  'RequireUppercaseCharacters',
  'RequireLowercaseCharacters',
  'AllowUsersToChangePassword',
  'HardExpiry',
];

/**
 * IAM's account password policy, with the account's one policy as its state. An update replaces all of it,
 * and one that IAM would refuse is refused.
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccountPasswordPolicy.html
 */
export class PasswordPolicyApi {
  /** The account's policy; undefined when it has none. */
  policy: PasswordPolicy | undefined;
  /** Replaces answers of the API where a test needs it. */
  readonly mock = mockClient(IAMClient);
  /** The operation that is throttled, and how often. */
  throttled: { readonly operation: string; times: number } | undefined;

  /** Starts over with this policy. */
  reset(policy?: PasswordPolicy): void {
    this.policy = policy;
    this.throttled = undefined;
    this.mock.reset();
    this.mock.on(GetAccountPasswordPolicyCommand).callsFake(() => {
      this.throttle('Get');
      return { PasswordPolicy: this.existing() };
    });
    this.mock
      .on(UpdateAccountPasswordPolicyCommand)
      .callsFake((input: UpdateAccountPasswordPolicyCommandInput) => {
        this.throttle('Update');
        return this.update(input);
      });
    this.mock.on(DeleteAccountPasswordPolicyCommand).callsFake(() => {
      this.throttle('Delete');
      this.existing();
      this.policy = undefined;
      return {};
    });
  }

  /** Names of the calls so far. */
  get calls(): string[] {
    return this.mock.calls().map(({ args: [command] }) => command.constructor.name);
  }

  /** Every update that was sent so far, as it goes over the wire: without what is undefined. */
  get updates(): object[] {
    return this.mock
      .commandCalls(UpdateAccountPasswordPolicyCommand)
      .map(({ args: [{ input }] }) => definedOf(input));
  }

  private throttle(operation: string): void {
    if (this.throttled?.operation !== operation || this.throttled.times === 0) return;
    this.throttled.times -= 1;
    throw refusal('Throttling', 'Rate exceeded');
  }

  private existing(): PasswordPolicy {
    if (this.policy) return this.policy;
    const message = 'The Password Policy with domain name 123456789012 cannot be found.';
    throw new NoSuchEntityException({ message, $metadata: {} });
  }

  /** Replaces the policy. */
  update(input: UpdateAccountPasswordPolicyCommandInput): object {
    const policy = definedOf(input);
    for (const [name, value] of Object.entries(policy)) {
      const [minimum, maximum] = LIMITS[name] ?? [0, 0];
      const taken = FLAGS.includes(name)
        ? typeof value === 'boolean'
        : Number.isInteger(value) && Number(value) >= minimum && Number(value) <= maximum && name in LIMITS;
      if (!taken) throw refusal('ValidationError', `${name} can not be ${String(value)}`);
    }
    const off = Object.fromEntries(
      FLAGS.filter((name) => name !== 'HardExpiry').map((name) => [name, false]),
    );
    const { MaxPasswordAge } = policy;
    this.policy = {
      MinimumPasswordLength: 6,
      ...off,
      ...policy,
      ExpirePasswords: MaxPasswordAge !== undefined,
    };
    return {};
  }
}

/** An error as the SDK throws it. */
export function refusal(name: string, message: string): IAMServiceException {
  return new IAMServiceException({ name, message, $fault: 'client', $metadata: {} });
}

function definedOf<T extends object>(value: T): Partial<T> {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as Partial<T>;
}
