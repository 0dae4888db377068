import { STOP_THE_CALLER } from '../containment';
import type { DocumentedDetection } from '../detection';
import { allOf, anyOf, eventNameLike, SUCCEEDED } from '../patterns';
import { EXPOSURE } from '../signals';

const PRINCIPAL = '$.requestParameters.principal';

export const functionOpened: DocumentedDetection = {
  id: 'FunctionOpened',
  signal: EXPOSURE,
  controls: [],
  // The names of the events end in a version of the API, such as AddPermission20150331v2. No condition on
  // `invokedBy`: a stack can open a function, too.
  pattern: `{${allOf(
    SUCCEEDED,
    anyOf(
      allOf(
        eventNameLike('AddPermission*', 'AddLayerVersionPermission*'),
        anyOf(
          allOf(`${PRINCIPAL}="arn:*"`, `${PRINCIPAL}!="*:\${Account}:*"`),
          // "*" or the ID of an account. Services end in .amazonaws.com, Alexa in .amazon.com.
          allOf(`${PRINCIPAL}!="arn:*"`, `${PRINCIPAL}!="*.amazon*"`, `${PRINCIPAL}!="\${Account}"`),
        ),
      ),
      allOf(eventNameLike('*FunctionUrlConfig'), '$.requestParameters.authType="NONE"'),
    ),
  )}}`,
  why: 'Another account, or everyone, can use a Lambda function or layer, or a function has a URL without authentication. Through a function that anyone can invoke, an intruder can come back without credentials.',
  noise:
    'Websites and webhooks behind a function URL without authentication, once for each, even when a deployment creates them. Permissions for AWS services do not count.',
  firstMinutes: [
    'Ask the caller who the function is open for.',
    'Check the code of the function, and what its role may do.',
  ],
  containment: [
    STOP_THE_CALLER,
    'Remove the permission or the URL: Lambda console, Configuration, Permissions or Function URL.',
    'Look in the log group of the function for invocations since then.',
  ],
};
