import { calls, type Calls, example, type Examples } from '../events/example';
import { ADMIN, APP, INTRUDER } from '../events/fixtures';
import { call, CLOUDFORMATION, consoleCall, denied } from '../events/record';

const BOB = { userName: 'bob' };

const USER_CALLS: Calls = {
  CreateUser: BOB,
  UpdateUser: { ...BOB, newUserName: 'bobby' },
  DeleteUser: BOB,
  CreateLoginProfile: BOB,
  UpdateLoginProfile: BOB,
  DeleteLoginProfile: BOB,
  AddUserToGroup: { ...BOB, groupName: 'Administrators' },
  RemoveUserFromGroup: { ...BOB, groupName: 'Administrators' },
  CreateServiceSpecificCredential: { ...BOB, serviceName: 'bedrock.amazonaws.com' },
  ResetServiceSpecificCredential: { ...BOB, serviceSpecificCredentialId: 'ACCAEXAMPLE123EXAMPLE' },
  UploadSSHPublicKey: { ...BOB, sSHPublicKeyBody: 'ssh-rsa AAAA' },
  UploadSigningCertificate: { ...BOB, certificateBody: '-----BEGIN CERTIFICATE-----' },
};

export const examples: Examples = {
  matches: [
    ...calls('iam', ADMIN, USER_CALLS),
    ...['CreateUser', 'CreateLoginProfile', 'AddUserToGroup'].map((name) =>
      example(`a stack: ${name}`, call('iam', name, CLOUDFORMATION)),
    ),
  ],
  nearMisses: [
    example('an intruder may not', denied('iam', 'CreateUser', INTRUDER)),
    example('a password profile is read', consoleCall('iam', 'GetLoginProfile', ADMIN)),
    example('an SSH key is read', call('iam', 'GetSSHPublicKey', ADMIN)),
    example('a user is tagged', call('iam', 'TagUser', ADMIN)),
    example('a group is created', call('iam', 'CreateGroup', ADMIN)),
    example('a user of a file server is created', call('transfer', 'CreateUser', APP)),
    example('a user changes the own password', consoleCall('iam', 'ChangePassword', ADMIN)),
  ],
};
