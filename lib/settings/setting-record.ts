import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { SSM } from '@aws-sdk/client-ssm';
import { CLIENT } from './client-options';
import { PARAMETER_PATH } from './parameter-path';
import { orNull, type Value } from './setting';

/** A resource that set a setting, and the value that it requested. */
export interface Owner {
  /** ARN of its stack. */
  readonly stack: string;
  /** Its logical ID. */
  readonly id: string;
  readonly value: Value;
  readonly allowWeaker?: boolean;
  /** Regions, separated by spaces. @default - all enabled Regions */
  readonly regions?: string;
}

/** Stored state of a setting while at least one resource sets it. */
export interface SettingRecord {
  /**
   * The resources that set it, most recent last. There is more than one while a setting is renamed or moved
   * to another stack: CloudFormation creates the new resource before it deletes the old one, and a rollback
   * deletes the new one.
   */
  readonly owners: readonly Owner[];
  /** Values before the first of them, by Region. The key of an account-wide setting is empty. */
  readonly previous: Readonly<Record<string, Value>>;
}

/** Maximum size of the value of a standard parameter, in bytes. Standard parameters are free. */
const LIMIT = 4096;

/** Prefix of a compressed value. */
const DEFLATED = 'deflated:';

const ssm = new SSM(CLIENT);

/** The record of a setting; undefined if no resource sets it. */
export async function readRecord(setting: string): Promise<SettingRecord | undefined> {
  const found = await orNull('ParameterNotFound', () => ssm.getParameter({ Name: nameOf(setting) }));
  return found ? (JSON.parse(unpack(found.Parameter?.Value ?? '')) as SettingRecord) : undefined;
}

/**
 * Stores the record of a setting.
 *
 * @throws {Error} if it does not fit into a parameter
 */
export async function writeRecord(setting: string, record: SettingRecord): Promise<void> {
  const Value = pack(JSON.stringify(record));
  if (Buffer.byteLength(Value) > LIMIT) {
    const message = `the previous values of the Regions do not fit into ${LIMIT} bytes`;
    throw Object.assign(new Error(message), { name: 'ValidationError' });
  }
  await ssm.putParameter({
    Name: nameOf(setting),
    Description: 'Previous value of the setting. Removing the account baseline restores it.',
    Type: 'String',
    Tier: 'Standard',
    Overwrite: true,
    Value,
  });
}

/** Deletes the record, once no resource sets the setting. */
export async function deleteRecord(setting: string): Promise<void> {
  await orNull('ParameterNotFound', () => ssm.deleteParameter({ Name: nameOf(setting) }));
}

/** Keeps the record readable if it fits; otherwise compresses it. */
function pack(json: string): string {
  // Parameter Store reads {{ }} as a reference. In JSON, only a string can contain two opening braces in a
  // row.
  const text = json.replaceAll('{{', '{\\u007b');
  if (Buffer.byteLength(text) <= LIMIT) return text;
  return DEFLATED + deflateRawSync(text).toString('base64');
}

function unpack(text: string): string {
  if (!text.startsWith(DEFLATED)) return text;
  return inflateRawSync(Buffer.from(text.slice(DEFLATED.length), 'base64')).toString();
}

function nameOf(setting: string): string {
  return `${PARAMETER_PATH}/${setting}`;
}
