import { STOP_THE_CALLER } from '../containment';
import type { DocumentedDetection } from '../detection';
import { allOf, anyOf, SUCCEEDED } from '../patterns';
import { EXPOSURE } from '../signals';

/** The statement at this position allows something to everyone, or to an account given by its ID alone. */
function allowsEveryone(position: number): string {
  const statement = `$.requestParameters.bucketPolicy.Statement[${position}]`;
  return allOf(
    `${statement}.Effect="Allow"`,
    // Conditions usually limit the principal to a network or an organization.
    `${statement}.Condition NOT EXISTS`,
    anyOf(
      // The only text that a principal can be is "*".
      `${statement}.Principal="*"`,
      // In a pattern, "*" matches any text, so this names the others.
      allOf(`${statement}.Principal.AWS!="arn:*"`, `${statement}.Principal.AWS!="\${Account}"`),
    ),
  );
}

export const bucketOpened: DocumentedDetection = {
  id: 'BucketOpened',
  signal: EXPOSURE,
  controls: [],
  // Effect and principal must be of the same statement, and a wildcard cannot say that: policies that deny
  // everyone access without TLS are common. Each statement takes 300 characters.
  pattern: `{${allOf(
    SUCCEEDED,
    anyOf(
      allowsEveryone(0),
      allowsEveryone(1),
      // Headers of PutBucketAcl and CreateBucket, which CloudTrail records as text or as a list.
      '$.requestParameters.x-amz-acl="public-*"',
      '$.requestParameters.x-amz-acl[0]="public-*"',
      '$.requestParameters.AccessControlPolicy.AccessControlList.Grant[*].Grantee.URI="*/global/*"',
    ),
  )}}`,
  why: 'The policy or ACL of a bucket lets everyone in. If Block Public Access is off for the account and the bucket, anyone on the internet can read or change its objects.',
  noise:
    'Websites that S3 serves directly; CloudFront needs no public bucket. Policies with a condition do not count, and the pattern reads only the first two statements: ChangedByHand reports every manual change of a bucket policy.',
  firstMinutes: [
    'Ask the caller whether the bucket is meant for the public.',
    'If nobody knows, first enable Block Public Access for the bucket: S3 console, Permissions.',
  ],
  containment: [
    STOP_THE_CALLER,
    'Restore the policy or ACL.',
    'Treat the objects as stolen. Server access logs of the bucket show who read them, if the logs are enabled.',
  ],
};
