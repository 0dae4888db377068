import type { AccessKey } from '@aws-sdk/client-iam';
import { setTimeout as sleep } from 'node:timers/promises';

/** Credentials of an access key. */
export interface KeyCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

const ATTEMPTS = 12;
const PAUSE_MS = 5000;

/** Makes a call with a new access key, for a minute: AWS does not recognize it immediately. */
export async function newKey<T>(
  { AccessKeyId = '', SecretAccessKey = '' }: Partial<AccessKey> = {},
  call: (credentials: KeyCredentials) => Promise<T>,
): Promise<T> {
  for (let left = ATTEMPTS; ; left -= 1) {
    try {
      return await call({ accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey });
    } catch (error) {
      // Services have two names for it.
      const isUnknown =
        error instanceof Error && /^(InvalidClientTokenId|UnrecognizedClientException)/.test(error.name);
      if (left === 0 || !isUnknown) throw error;
      await sleep(PAUSE_MS);
    }
  }
}
