import { calls, example, type Examples, parameters } from '../events/example';
import { ADMIN, INTRUDER } from '../events/fixtures';
import { ACCOUNT, call, CLOUDFORMATION, denied, service } from '../events/record';

const KEY = { keyId: `arn:aws:kms:us-east-1:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab` };

export const examples: Examples = {
  matches: calls('kms', ADMIN, {
    DisableKey: KEY,
    ScheduleKeyDeletion: { ...KEY, pendingWindowInDays: 7 },
    RevokeGrant: { ...KEY, grantId: '0c237476b39f8bc44e45212e08498fbe' },
    ImportKeyMaterial: KEY,
    DeleteImportedKeyMaterial: KEY,
    DeleteAlias: { aliasName: 'alias/account-baseline' },
    UpdateAlias: { aliasName: 'alias/account-baseline', targetKeyId: '1234abcd-12ab-34cd-56ef-1234567890ab' },
  }),
  nearMisses: [
    example('an intruder may not', denied('kms', 'DisableKey', INTRUDER, parameters(KEY))),
    example('a volume no longer needs its grant', call('kms', 'RevokeGrant', service('ec2'))),
    example('a stack deletes its alias', call('kms', 'DeleteAlias', CLOUDFORMATION)),
    example('a function gets another alias', call('lambda', 'UpdateAlias', ADMIN)),
    example('an alias is created', call('kms', 'CreateAlias', ADMIN)),
    example('a key is enabled', call('kms', 'EnableKey', ADMIN, parameters(KEY))),
    example('a deletion is cancelled', call('kms', 'CancelKeyDeletion', ADMIN, parameters(KEY))),
    example('a key is no longer rotated', call('kms', 'DisableKeyRotation', ADMIN, parameters(KEY))),
  ],
};
