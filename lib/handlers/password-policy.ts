import {
  IAM,
  NoSuchEntityException,
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

type Fields = Readonly<Record<string, number | boolean>>;

const iam = new IAM({});

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
    const { PasswordPolicy } = await iam.getAccountPasswordPolicy({});
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

function wanted(event: CloudFormationCustomResourceEvent, former: Policy = {}): Policy {
  const { Policy: json, AllowWeaker } = event.ResourceProperties;
  const policy = JSON.parse(String(json)) as Policy;
  return AllowWeaker === 'true' ? policy : stricter(policy, former);
}

/** The stricter of both in every field that makes passwords stronger: nothing gets weaker. */
function stricter(policy: Policy, former: Policy): Policy {
  const ours = policy as Fields;
  const fields = Object.entries(former as Fields).map(([key, value]) => {
    const own = ours[key];
    if (key === 'AllowUsersToChangePassword') return [key, own];
    if (typeof value === 'boolean') return [key, own || value];
    // Only the age is stricter when it is less.
    return [key, (key === 'MaxPasswordAge' ? Math.min : Math.max)(value, Number(own ?? value))];
  });
  return { ...policy, ...(Object.fromEntries(fields) as Policy) };
}

async function apply(policy: Policy): Promise<void> {
  await iam.updateAccountPasswordPolicy(policy);
}

async function remove(event: CloudFormationCustomResourceEvent, former: Policy | undefined): Promise<void> {
  const { OnRemoval } = event.ResourceProperties;
  if (OnRemoval === 'retain') return;
  if (OnRemoval === 'restore' && former) return apply(former);
  try {
    await iam.deleteAccountPasswordPolicy({});
  } catch (error) {
    if (!(error instanceof NoSuchEntityException)) throw error;
  }
}
