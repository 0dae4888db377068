import {
  DeleteAccountPasswordPolicyCommand,
  GetAccountPasswordPolicyCommand,
  IAMClient,
  NoSuchEntityException,
  UpdateAccountPasswordPolicyCommand,
  type UpdateAccountPasswordPolicyCommandInput as Policy,
} from '@aws-sdk/client-iam';
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { customResource } from './custom-resource';

/**
 * Two resources share this function. `Custom::FormerPasswordPolicy` reads what is there and keeps it as its physical
 * id, changing nothing; `Custom::PasswordPolicy` gets that id as a property and so knows the former policy at every
 * event, even when an earlier call died half-way or came twice. Nothing needs to be stored anywhere else.
 */
const FORMER = 'Custom::FormerPasswordPolicy';

/** Physical id of "the account had no policy". */
const NONE = 'none';

const iam = new IAMClient({});

export const handler = customResource(async (event) => {
  const former =
    event.ResourceType === FORMER ? undefined : parse(String(event.ResourceProperties['Former']));
  if (event.ResourceType === FORMER) {
    if (event.RequestType === 'Create') return remember();
  } else if (event.RequestType === 'Delete') {
    await remove(event, former);
  } else {
    await apply(wanted(event, former));
  }
  return event.RequestType === 'Create' ? 'PasswordPolicy' : event.PhysicalResourceId;
});

/** The account's policy as the request that would set it: IAM's answer has fields that the request refuses. */
async function read(): Promise<Policy | undefined> {
  try {
    const { PasswordPolicy } = await iam.send(new GetAccountPasswordPolicyCommand({}));
    if (!PasswordPolicy) return undefined;
    // The request has no ExpirePasswords, and refuses the zero that means "never" in some answers.
    return Object.fromEntries(
      Object.entries(PasswordPolicy).filter(([key, value]) => key !== 'ExpirePasswords' && value !== 0),
    );
  } catch (error) {
    if (error instanceof NoSuchEntityException) return undefined;
    throw error;
  }
}

async function remember(): Promise<string> {
  const policy = await read();
  return policy ? JSON.stringify(policy) : NONE;
}

function parse(former: string): Policy | undefined {
  return former === NONE ? undefined : (JSON.parse(former) as Policy);
}

/** CloudFormation sends numbers and booleans as strings. */
function wanted(event: CloudFormationCustomResourceEvent, former: Policy = {}): Policy {
  const { Policy: strings, AllowWeaker } = event.ResourceProperties as unknown as {
    Policy: Record<string, string>;
    AllowWeaker: string;
  };
  const policy: Policy = Object.fromEntries(
    Object.entries(strings).map(([key, value]) => [key, JSON.parse(value) as unknown]),
  );
  return AllowWeaker === 'true' ? policy : stricter(policy, former);
}

/** The stricter of both in every field that makes passwords stronger: nothing gets weaker. */
function stricter(policy: Policy, former: Policy): Policy {
  const most = (key: 'MinimumPasswordLength' | 'PasswordReusePrevention') =>
    Math.max(policy[key] ?? 0, former[key] ?? 0) || undefined;
  const either = (
    key: 'RequireSymbols' | 'RequireNumbers' | 'RequireUppercaseCharacters' | 'RequireLowercaseCharacters',
  ) => policy[key] === true || former[key] === true;
  const ages = [policy.MaxPasswordAge, former.MaxPasswordAge].filter((age) => age !== undefined);
  return {
    ...policy,
    MinimumPasswordLength: most('MinimumPasswordLength'),
    PasswordReusePrevention: most('PasswordReusePrevention'),
    MaxPasswordAge: ages.length > 0 ? Math.min(...ages) : undefined,
    RequireSymbols: either('RequireSymbols'),
    RequireNumbers: either('RequireNumbers'),
    RequireUppercaseCharacters: either('RequireUppercaseCharacters'),
    RequireLowercaseCharacters: either('RequireLowercaseCharacters'),
    HardExpiry: former.HardExpiry,
  };
}

async function apply(policy: Policy): Promise<void> {
  await iam.send(new UpdateAccountPasswordPolicyCommand(policy));
}

async function remove(event: CloudFormationCustomResourceEvent, former: Policy | undefined): Promise<void> {
  const { OnRemoval } = event.ResourceProperties;
  if (OnRemoval === 'retain') return;
  if (OnRemoval === 'restore' && former) return apply(former);
  try {
    await iam.send(new DeleteAccountPasswordPolicyCommand({}));
  } catch (error) {
    if (!(error instanceof NoSuchEntityException)) throw error;
  }
}
