import { setTimeout as sleep } from 'node:timers/promises';
import {
  GenerateCredentialReportCommand,
  GetCredentialReportCommand,
  IAMClient,
  ListMFADevicesCommand,
} from '@aws-sdk/client-iam';
import { paginateListSecrets, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Clients } from '../clients';
import { all, read } from '../read';
import type { Credentials, Part, People, RoleState, SecretName } from '../snapshot';

/** Number of attempts to get the credential report, and the pause in between. */
const ATTEMPTS = 10;
const PAUSE_MS = 500;

/**
 * Reads passwords, MFA, and access keys of all users and root. IAM generates a new report at most every four
 * hours.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html
 */
export function readCredentials(clients: Clients): Promise<Part<Credentials[]>> {
  const iam = clients.get(IAMClient);
  return read(async () => {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const { State } = await iam.send(new GenerateCredentialReportCommand({}));
      if (State === 'COMPLETE') {
        const { Content } = await iam.send(new GetCredentialReportCommand({}));
        return parseCredentialReport(Buffer.from(Content ?? []).toString());
      }
      await sleep(PAUSE_MS);
    }
    throw new Error('IAM did not finish the credential report in time. Try again in a minute');
  });
}

/**
 * Parses the rows of the report. Values are never quoted. Only the first two columns, user and ARN, can
 * contain a comma, so the others are counted from the end.
 */
export function parseCredentialReport(csv: string): Credentials[] {
  const [head = '', ...rows] = csv.trim().split('\n');
  const columns = head.split(',').slice(2);
  return rows.map((row) => {
    const cells = row.split(',');
    const rest = cells.slice(-columns.length);
    const value = (column: string) =>
      rest[columns.indexOf(column)] ?? missing(`the credential report has no column ${column}`);
    const lastUsed = dateOf(value('password_last_used'));
    return {
      user: cells.slice(0, (cells.length - columns.length) / 2).join(','),
      hasPassword: value('password_enabled') === 'true',
      ...(lastUsed && { passwordLastUsed: lastUsed }),
      hasMfa: value('mfa_active') === 'true',
      accessKeys: ['access_key_1', 'access_key_2'].flatMap((key) => {
        if (value(`${key}_active`) !== 'true') return [];
        const created = dateOf(value(`${key}_last_rotated`));
        const used = dateOf(value(`${key}_last_used_date`));
        return [{ ...(created && { created }), ...(used && { lastUsed: used }) }];
      }),
      certificates: ['cert_1', 'cert_2'].flatMap((cert) =>
        value(`${cert}_active`) === 'true' ? [dateOf(value(`${cert}_last_rotated`))] : [],
      ),
    };
  });
}

/** What is missing must not count as "no". */
function missing(what: string): never {
  throw new Error(what);
}

/** Undefined for N/A, no_information and not_supported. */
function dateOf(cell: string): Date | undefined {
  const date = new Date(cell);
  return Number.isNaN(date.valueOf()) ? undefined : date;
}

/** Reads the current MFA devices of these users. */
export async function readMfaDevices(
  clients: Clients,
  users: readonly string[],
): Promise<Record<string, Part<number>>> {
  const iam = clients.get(IAMClient);
  const entries = users.map(async (UserName) => {
    const devices = await read(
      async () => (await iam.send(new ListMFADevicesCommand({ UserName }))).MFADevices?.length ?? 0,
    );
    return [UserName, devices] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

/** Finds a role among those that were read. */
export function roleOf(people: Part<People>, name: string): Part<RoleState | undefined> {
  if (!('value' in people)) return people;
  const role = people.value.roles.find(({ RoleName }) => RoleName === name);
  if (!role) return { value: undefined };
  const { Arn: arn = name, AssumeRolePolicyDocument: trustPolicy, AttachedManagedPolicies: policies } = role;
  if (trustPolicy === undefined) return { unknown: `IAM did not return the trust policy of ${name}` };
  if (policies === undefined) return { unknown: `IAM did not return the policies of ${name}` };
  return { value: { arn, trustPolicy, policyArns: policies.flatMap(({ PolicyArn }) => PolicyArn ?? []) } };
}

/** Reads the secrets that are not deleted. */
export function readSecrets(clients: Clients): Promise<Part<SecretName[]>> {
  const client = clients.get(SecretsManagerClient);
  return read(async () => {
    const secrets = await all(paginateListSecrets({ client }, {}), (page) => page.SecretList);
    return secrets.flatMap(
      ({
        ARN: arn = '',
        Name: name = '',
        CreatedDate: created,
        DeletedDate,
        SecretVersionsToStages: stages,
      }) => (DeletedDate ? [] : [{ arn, name, created, versions: stages && Object.keys(stages).length }]),
    );
  });
}
