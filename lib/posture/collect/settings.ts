import {
  AccountClient,
  type AlternateContact,
  type AlternateContactType,
  GetAlternateContactCommand,
  GetContactInformationCommand,
} from '@aws-sdk/client-account';
import { CloudTrailClient, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { IAMClient, ListAccountAliasesCommand } from '@aws-sdk/client-iam';
import {
  GetPublicAccessBlockCommand as GetAccountPublicAccessBlockCommand,
  S3ControlClient,
} from '@aws-sdk/client-s3-control';
import type { BaselineConfig } from '../../config/config';
import { CallFailed, type Clients } from '../clients';
import { noAnswer, read } from '../read';
import type { Part } from '../snapshot';
import { blocksAll, NO_BLOCK } from './trail';

const CONTACTS: readonly AlternateContactType[] = ['BILLING', 'OPERATIONS', 'SECURITY'];

/**
 * Region of the CloudTrail events of the Billing console, by partition.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-concepts.html#cloudtrail-concepts-global-service-events
 */
const GLOBAL_EVENTS: Readonly<Record<string, string>> = { aws: 'us-east-1' };

/** Reads the existing alternate contacts. */
export function readContacts(clients: Clients) {
  const client = clients.get(AccountClient);
  return read(async () => {
    const contacts = await Promise.all(
      CONTACTS.map(async (AlternateContactType): Promise<[string, AlternateContact][]> => {
        try {
          const answer = await client.send(new GetAlternateContactCommand({ AlternateContactType }));
          return answer.AlternateContact ? [[AlternateContactType, answer.AlternateContact]] : [];
        } catch (error) {
          if (error instanceof CallFailed && error.code === 'ResourceNotFoundException') return [];
          throw error;
        }
      }),
    );
    return Object.fromEntries(contacts.flat());
  });
}

/** Reads which fields of the primary contact are not empty. */
export function readPrimaryContact(clients: Clients) {
  const client = clients.get(AccountClient);
  return read(async () => {
    const { ContactInformation = {} } = await client.send(new GetContactInformationCommand({}));
    return Object.entries(ContactInformation).flatMap(([name, value]) =>
      value === undefined || value === '' ? [] : [name],
    );
  });
}

/** Reads whether the account blocks public buckets. */
export function readAccountPublicAccessBlock(clients: Clients, AccountId: string) {
  const client = clients.get(S3ControlClient);
  return read(async () => {
    try {
      const answer = await client.send(new GetAccountPublicAccessBlockCommand({ AccountId }));
      return blocksAll(answer.PublicAccessBlockConfiguration);
    } catch (error) {
      if (error instanceof CallFailed && error.code === NO_BLOCK) return false;
      throw error;
    }
  });
}

/** Reads the alias of the account, only if the configuration has one. */
export async function readAccountAlias(
  clients: Clients,
  { accountSettings }: BaselineConfig,
): Promise<Part<string | undefined>> {
  if (accountSettings.alias === undefined) return { value: undefined };
  return read(async () => {
    const { AccountAliases: [alias] = noAnswer('the alias of the account') } = await clients
      .get(IAMClient)
      .send(new ListAccountAliasesCommand({}));
    return alias;
  });
}

/**
 * Reads when IAM access to Billing was last changed. No API shows the current value, and CloudTrail keeps
 * events for 90 days.
 */
export function readBillingAccessSet(clients: Clients, partition: string) {
  const client = clients.get(CloudTrailClient, GLOBAL_EVENTS[partition]);
  return read(async () => {
    const { Events: [newest] = [] } = await client.send(
      new LookupEventsCommand({
        LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: 'SetIAMAccessPreference' }],
        MaxResults: 1,
      }),
    );
    return newest?.EventTime;
  });
}
