import { X509Certificate } from 'node:crypto';
import { parseXml, type XmlElement } from './xml';

const METADATA = '{urn:oasis:names:tc:SAML:2.0:metadata}';
const SIGNATURE = '{http://www.w3.org/2000/09/xmldsig#}';

/**
 * Characters of a document. IAM takes 1,000 to 10,000,000, but the template has to hold it.
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateSAMLProvider.html
 */
const SHORTEST = 1_000;
const LONGEST = 16_000;

/** Days before a certificate expires in which it should be replaced. */
export const EXPIRES_SOON_DAYS = 90;

/** What the metadata of an identity provider says. */
export interface SamlMetadata {
  /** Its `entityID`. */
  readonly entityId: string;
  /** Until when the last of its signing certificates is valid. */
  readonly validUntil: Date;
}

/**
 * Reads the metadata of an identity provider.
 *
 * @throws {Error} with what is wrong, to follow "is"
 */
export function readSamlMetadata(document: string): SamlMetadata {
  if (document.length < SHORTEST || document.length > LONGEST) {
    throw new Error(
      `${document.length} characters long; it must have ${SHORTEST} to ${LONGEST}. Keep only the IDPSSODescriptor if it is longer`,
    );
  }
  if (/\$\{|\{\{/.test(document)) throw new Error('with ${ or {{, which CloudFormation replaces');
  const root = parseXml(document);
  if (root.name !== `${METADATA}EntityDescriptor`) {
    throw new Error(
      'not the metadata of one identity provider: its root element must be an EntityDescriptor',
    );
  }
  const { entityID: entityId = '' } = root.attributes;
  if (entityId === '') throw new Error('without an entityID');
  const descriptors = root.children.filter(({ name }) => name === `${METADATA}IDPSSODescriptor`);
  if (descriptors.length === 0) {
    throw new Error('not the metadata of an identity provider: it has no IDPSSODescriptor');
  }
  const certificates = descriptors.flatMap(signingCertificates);
  if (certificates.length === 0) throw new Error('without a signing certificate');
  const dates = certificates.map(({ validTo }) => new Date(validTo).valueOf());
  return { entityId, validUntil: new Date(Math.max(...dates)) };
}

/** A key without a use is for signing, too. */
function signingCertificates(descriptor: XmlElement): X509Certificate[] {
  return descriptor.children
    .filter(
      ({ name, attributes }) => name === `${METADATA}KeyDescriptor` && attributes['use'] !== 'encryption',
    )
    .flatMap((key) => within(key, `${SIGNATURE}X509Certificate`))
    .map(({ text }) => {
      try {
        return new X509Certificate(Buffer.from(text.replace(/\s/g, ''), 'base64'));
      } catch {
        throw new Error('with a signing certificate that cannot be read');
      }
    });
}

function within(element: XmlElement, name: string): XmlElement[] {
  return element.children.flatMap((child) => [
    ...(child.name === name ? [child] : []),
    ...within(child, name),
  ]);
}

/** Whole days until the certificates end; negative if they have. */
export function daysLeft({ validUntil }: SamlMetadata, now: Date): number {
  return Math.floor((validUntil.valueOf() - now.valueOf()) / 86_400_000);
}
