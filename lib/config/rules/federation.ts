import { daysLeft, readSamlMetadata } from '../../federation/saml/metadata';
import { describe } from '../errors';
import { samlMetadata } from '../saml-metadata';
import type { Related } from './related';

/** The metadata must be that of an identity provider that can still sign. */
export function samlMetadataErrors({ federation }: Related): string[] {
  const file = federation.saml?.metadata;
  if (file === undefined || file.trim() === '') return [];
  const error = (message: string) => [describe('federation.saml.metadata', message, file)];
  let document: string;
  try {
    document = samlMetadata(file);
  } catch {
    return error('must be a file that can be read');
  }
  try {
    const metadata = readSamlMetadata(document);
    return daysLeft(metadata, new Date()) < 0
      ? error(
          `is expired: its signing certificate was valid until ${metadata.validUntil.toISOString().slice(0, 10)}`,
        )
      : [];
  } catch (cause) {
    return error(`is ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}

/** A role has one trust policy. */
export function samlRoleTwice({ federation }: Related): string[] {
  const roles = federation.saml?.roles ?? [];
  return roles.flatMap((role, index) =>
    role !== '' && roles.indexOf(role) < index
      ? [describe(`federation.saml.roles[${index}].role`, 'is a duplicate', role)]
      : [],
  );
}
