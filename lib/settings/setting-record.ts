import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { SSM } from '@aws-sdk/client-ssm';
import { CLIENT } from './client-options';
import { PARAMETER_PATH } from './parameter-path';
import { orNull, type Value } from './setting';

/** A resource that set a setting, and what it asked for. */
export interface Owner {
  /** ARN of its stack. */
  readonly stack: string;
  /** Its logical id. */
  readonly id: string;
  readonly value: Value;
  readonly allowWeaker?: boolean;
  /** Regions, separated by blanks; all that are enabled where it is absent. */
  readonly regions?: string;
}

/** What is remembered of one setting while a resource sets it. */
export interface SettingRecord {
  /**
   * The resources that set it, the last one last. More than one while a setting is renamed or moves to
   * another stack: CloudFormation creates the new resource before it deletes the old one, and a rollback
   * deletes the new one again.
   */
  readonly owners: readonly Owner[];
  /** What it was before the first of them, by Region; that of the account is under an empty Region. */
  readonly previous: Readonly<Record<string, Value>>;
}

/** Bytes of a standard parameter's value, which is free. */
const LIMIT = 4096;

/** What a deflated value begins with. */
const DEFLATED = 'deflated:';

const ssm = new SSM(CLIENT);

/** The record of a setting; undefined where no resource sets it. */
export async function readRecord(setting: string): Promise<SettingRecord | undefined> {
  const found = await orNull('ParameterNotFound', () => ssm.getParameter({ Name: nameOf(setting) }));
  return found ? (JSON.parse(unpack(found.Parameter?.Value ?? '')) as SettingRecord) : undefined;
}

/** @throws {Error} if it does not fit into a parameter */
export async function writeRecord(setting: string, record: SettingRecord): Promise<void> {
  const Value = pack(JSON.stringify(record));
  if (Buffer.byteLength(Value) > LIMIT) {
    const message = `the Regions differ too much to be remembered in ${LIMIT} bytes`;
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

/** Forgets the setting: nothing sets it any more. */
export async function deleteRecord(setting: string): Promise<void> {
  await orNull('ParameterNotFound', () => ssm.deleteParameter({ Name: nameOf(setting) }));
}

/** Readable where it fits, and else deflated. */
function pack(json: string): string {
  // In JSON only a text has two braces in a row, and Parameter Store takes {{ }} for a reference.
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
