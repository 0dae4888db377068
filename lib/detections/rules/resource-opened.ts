import { STOP_THE_CALLER } from '../containment';
import type { DocumentedDetection } from '../detection';
import { allOf, anyOf, eventNameLike, sourceIs, SUCCEEDED } from '../patterns';
import { EXPOSURE } from '../signals';

export const resourceOpened: DocumentedDetection = {
  id: 'ResourceOpened',
  signal: EXPOSURE,
  controls: [],
  pattern: `{${allOf(
    SUCCEEDED,
    anyOf(
      // ModifyDocumentPermission of Systems Manager: IDs of accounts, or "all".
      '$.requestParameters.accountIdsToAdd[*]!="${Account}"',
      // CreateGrant of KMS. Services have no ARN.
      allOf(
        '$.requestParameters.granteePrincipal="arn:*"',
        '$.requestParameters.granteePrincipal!="*:${Account}:*"',
      ),
      // Buses of EventBridge.
      allOf('$.eventName="PutPermission"', '$.requestParameters.principal!="${Account}"'),
      // Resource Access Manager: accounts. Organizations have ARNs.
      allOf(
        eventNameLike('CreateResourceShare', 'AssociateResourceShare'),
        '$.requestParameters.principals[0]!="${Account}"',
        '$.requestParameters.principals[0]!="arn:*"',
      ),
      // ECR, whose policies name accounts only as principals.
      allOf('$.requestParameters.policyText="*AWS*"', '$.requestParameters.policyText!="*${Account}*"'),
      // CodeBuild.
      '$.requestParameters.projectVisibility="PUBLIC_READ"',
      // RDS and Redshift. Without the parameter, the subnets of a restored database decide.
      allOf(
        anyOf(sourceIs('rds'), sourceIs('redshift')),
        anyOf(
          '$.requestParameters.publiclyAccessible IS TRUE',
          allOf(eventNameLike('Restore*'), '$.responseElements.publiclyAccessible IS TRUE'),
        ),
      ),
    ),
  )}}`,
  why: 'Another account, or everyone, can use or reach one of your resources: a database with a public address, a Systems Manager document, an event bus, a KMS key, an image repository, a build project, or a Resource Access Manager share.',
  noise:
    'Expect it once when you set up a connection with another account. A database that a deployment creates with a public address counts. Shares with this account and with organizations do not count.',
  firstMinutes: [
    'Find the account in the event. `all` and `*` mean everyone.',
    'Ask the caller what the other account needs the resource for, or why the database needs a public address.',
  ],
  containment: [
    STOP_THE_CALLER,
    'Remove the permission, the grant or the share. Make the database private: Modify, Connectivity.',
    'Search documents and build projects for passwords, and change them.',
  ],
};
