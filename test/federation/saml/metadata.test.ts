import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { Stack } from 'aws-cdk-lib';
import { daysLeft, readSamlMetadata } from '../../../lib/federation/saml/metadata';
import { SamlProvider } from '../../../lib/federation/saml/saml-provider';
import { parseXml } from '../../../lib/federation/saml/xml';
import { SAML } from '../../everything';
import { testApp } from '../../synth';

const DOCUMENT = readFileSync(join(__dirname, 'idp.xml'), 'utf8');

afterEach(() => {
  jest.useRealTimers();
});

test('metadata of an identity provider says who it is and until when it can sign', () => {
  const metadata = readSamlMetadata(DOCUMENT);
  expect(metadata.entityId).toBe('https://idp.example.com/saml/abc123');
  expect(metadata.validUntil.getUTCFullYear()).toBeGreaterThan(2120);
  expect(daysLeft(metadata, new Date(metadata.validUntil.valueOf() - 89.5 * 86_400_000))).toBe(89);
  expect(daysLeft(metadata, new Date(metadata.validUntil.valueOf() + 1))).toBe(-1);
});

test.each<[string, (document: string) => string, RegExp]>([
  ['a page for people', () => `<html>${'a'.repeat(1000)}</html>`, /root element must be an EntityDescriptor/],
  ['a short document', () => '<a/>', /^4 characters long; it must have 1000 to 16000/],
  ['a long document', (one) => one.padEnd(16_001), /^16001 characters long/],
  ['a document that is cut off', (one) => one.slice(0, 1500), /^not well-formed XML/],
  [
    'an element that is closed twice',
    (one) => `${one}</md:EntityDescriptor>`,
    /<\/md:EntityDescriptor> closes </,
  ],
  ['two documents', (one) => one + one.replace(/<\?.*\?>/, ''), /must have one root element/],
  [
    'a document type, whose entities could read files',
    (one) => one.replace('?>', '?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'),
    /^not well-formed XML at character/,
  ],
  ['an entity of its own', (one) => one.replace('&amp;', '&b;'), /&b; is not an entity/],
  [
    'an entity with a name that JavaScript knows',
    (one) => one.replace('&amp;', '&constructor;'),
    /&constructor; is not an entity/,
  ],
  ['a control character', (one) => one.replace('&amp;', '\u001b'), /has a control character/],
  ['a control character by its number', (one) => one.replace('&amp;', '&#27;'), /&#27; is not an entity/],
  [
    'elements too deep to walk through',
    (one) => one.replace('</md:KeyDescriptor>', `${'<a>'.repeat(101)}$&`),
    /^nested more than 100 elements deep/,
  ],
  [
    'an attribute twice',
    (one) => one.replace('entityID=', 'entityID="a" entityID='),
    /has an attribute twice/,
  ],
  [
    'a prefix without a namespace',
    (one) => one.replace('<ds:KeyInfo xmlns:ds', '<ds:KeyInfo xmlns:dsig'),
    /has no namespace/,
  ],
  [
    'another namespace',
    (one) => one.replace('SAML:2.0:metadata', 'SAML:1.0:metadata'),
    /root element must be/,
  ],
  [
    'no name',
    (one) => one.replace('entityID="https://idp.example.com/saml/abc123"', 'entityID=""'),
    /^without an entityID/,
  ],
  [
    'a service provider',
    (one) => one.replaceAll('IDPSSODescriptor', 'SPSSODescriptor'),
    /it has no IDPSSODescriptor/,
  ],
  [
    'a certificate for encryption only',
    (one) => one.replace('use="signing"', 'use="encryption"'),
    /^without a signing certificate/,
  ],
  [
    'a certificate in a comment',
    (one) => one.replace(/<md:KeyDescriptor[\s\S]*<\/md:KeyDescriptor>/, '<!--$&-->'),
    /^without a signing certificate/,
  ],
  ['a certificate that is none', (one) => one.replace(/(<ds:X509Certificate>).{40}/, '$1'), /cannot be read/],
  [
    'a reference that CloudFormation would replace',
    (one) => one.replace('/sso', '/{{resolve:ssm:x}}'),
    /which CloudFormation replaces/,
  ],
])('%s is refused', (_, change, message) => {
  expect(() => readSamlMetadata(change(DOCUMENT))).toThrow(message);
});

test('XML is read with its attributes, text, entities, comments and sections', () => {
  const root = parseXml('\uFEFF<a xmlns="u" b=\'1 &lt; 2\'><!-- <x> --><c/>&#65;&#x42;<![CDATA[<&]]></a>\n');
  expect(root).toMatchObject({ name: '{u}a', text: 'AB<&', children: [{ name: '{u}c' }] });
  expect(root.attributes['b']).toBe('1 < 2');
});

describe('the provider', () => {
  const synth = () => {
    const stack = new Stack(testApp(), 'Test');
    new SamlProvider(stack, 'Saml', { ...SAML, metadata: DOCUMENT, groupAttribute: 'eduPersonEntitlement' });
    return stack;
  };
  const WARNING = Match.stringLikeRegexp(
    'signing certificate of the SAML provider Okta expires in 8\\d days',
  );

  test('has the document as it is', () => {
    Template.fromStack(synth()).hasResourceProperties('AWS::IAM::SAMLProvider', {
      Name: 'Okta',
      SamlMetadataDocument: DOCUMENT,
    });
  });

  test('warns in the last 90 days of its certificate, and not before', () => {
    Annotations.fromStack(synth()).hasNoWarning('*', WARNING);
    const { validUntil } = readSamlMetadata(DOCUMENT);
    jest.useFakeTimers({ now: validUntil.valueOf() - 89 * 86_400_000 });
    Annotations.fromStack(synth()).hasWarning('*', WARNING);
  });
});

test('the five entities of XML are read, in texts and in attributes', () => {
  const root = parseXml('<a b="&amp;&lt;&gt;&quot;&apos;">&amp;&lt;&gt;&quot;&apos;</a>');
  expect([root.text, ...Object.values(root.attributes)]).toEqual(['&<>"\'', '&<>"\'']);
});
