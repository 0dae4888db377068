import { accept, check } from '../rows';

const IDS = { id: 'o-a1b2c3d4e5', rootId: 'r-a1b2' };
const accounts = (count: number) =>
  Array.from({ length: count }, (_, index) => String(100_000_000_000 + index));

describe('an organization', () => {
  accept([
    ['the smallest', { organization: IDS }],
    [
      'every policy enforced',
      {
        region: 'eu-central-1',
        organization: {
          ...IDS,
          ous: ['ou-a1b2-c3d4e5f6'],
          trustedAccounts: ['999999999999'],
          regions: ['eu-central-1', 'us-east-1'],
          policies: { regions: 'enforce', users: 'enforce', instances: 'enforce', outsiders: 'enforce' },
        },
      },
    ],
    [
      'groups of OUs with options of their own',
      {
        organization: {
          ...IDS,
          ous: ['ou-a1b2-11111111', 'ou-a1b2-22222222', 'ou-a1b2-33333333'],
          members: {
            groups: {
              Sandbox: { ous: ['ou-a1b2-11111111'], passwordPolicy: { minimumLength: 20 } },
              Lab: {
                ous: ['ou-a1b2-22222222'],
                accountSettings: { dailyCheck: true, regions: ['us-east-1'], serialConsoleOff: false },
                keepOnRemoval: false,
              },
            },
          },
        },
      },
    ],
    [
      'the Regions of another partition',
      { region: 'us-gov-west-1', organization: { ...IDS, regions: ['us-gov-west-1'] } },
    ],
    [
      'policies to observe without the one that protects their exemptions',
      {
        organization: {
          ...IDS,
          exceptAccounts: accounts(1),
          regions: ['us-east-1'],
          policies: { protect: 'off', regions: 'observe', users: 'observe', instances: 'observe' },
        },
      },
    ],
    [
      'three hundred exceptions, without the policy that they would make too long',
      {
        organization: { ...IDS, exceptAccounts: accounts(300), policies: { protect: 'off' } },
      },
    ],
  ]);

  check([
    [
      'more OUs than a StackSet takes',
      {
        organization: {
          ...IDS,
          ous: Array.from({ length: 51 }, (_, index) => `ou-a1b2-${10_000_000 + index}`),
        },
      },
      'organization.ous: must name at most 50 OUs; name those above them; received ["ou-a1b2-10000000","ou-a1b2-10000001","ou-a1b2-10000002","ou-a1b2-10000003","ou-a1b2-10000004","...',
    ],
    [
      'groups of OUs without the list of all OUs',
      {
        organization: {
          ...IDS,
          members: {
            groups: { Sandbox: { ous: ['ou-a1b2-11111111'] }, SANDBOX: { ous: ['ou-a1b2-22222222'] } },
          },
        },
      },
      'organization.members.groups.Sandbox: needs organization.ous, the OUs of all members; received "Sandbox"',
      'organization.members.groups.SANDBOX: must differ from Sandbox in more than case; received "SANDBOX"',
      'organization.members.groups.SANDBOX: needs organization.ous, the OUs of all members; received "SANDBOX"',
    ],
    [
      'an OU in two groups, and one that is not covered',
      {
        organization: {
          ...IDS,
          ous: ['ou-a1b2-11111111'],
          members: {
            groups: {
              Sandbox: { ous: ['ou-a1b2-11111111'] },
              Lab: { ous: ['ou-a1b2-11111111', 'ou-a1b2-22222222'] },
            },
          },
        },
      },
      'organization.members.groups.Lab.ous[0]: is in a group already; received "ou-a1b2-11111111"',
      'organization.members.groups.Lab.ous[1]: must be listed in organization.ous, too; received "ou-a1b2-22222222"',
    ],
    [
      'more groups than an event pattern has room for',
      {
        organization: {
          ...IDS,
          ous: Array.from({ length: 8 }, (_, index) => `ou-a1b2-1111111${index}`),
          members: {
            groups: Object.fromEntries(
              Array.from({ length: 8 }, (_, index) => [`G${index}`, { ous: [`ou-a1b2-1111111${index}`] }]),
            ),
          },
        },
      },
      'organization.members.groups: must have at most 7 groups; received ["G0","G1","G2","G3","G4","G5","G6","G7"]',
    ],
    [
      'a group with options that it cannot have',
      {
        organization: {
          ...IDS,
          ous: ['ou-a1b2-11111111'],
          members: {
            groups: {
              'my-sandbox': { ous: ['ou-a1b2-11111111'] },
              Lab: {
                ous: [],
                passwordPolicy: { minimumLength: 5, onRemoval: 'retain' },
                accountSettings: { alias: 'lab', emptyDefaultSecurityGroups: true, serialConsoleOff: 'no' },
              },
            },
          },
        },
      },
      'organization.members.groups.my-sandbox: is not a name of a group: a capital letter, then up to 19 letters and digits; received "my-sandbox"',
      'organization.members.groups.Lab.ous: must name at least one OU; received []',
      'organization.members.groups.Lab.accountSettings.serialConsoleOff: must be true or false; received "no"',
      'organization.members.groups.Lab.accountSettings.alias: is not an option',
      'organization.members.groups.Lab.accountSettings.emptyDefaultSecurityGroups: is not an option',
      'organization.members.groups.Lab.passwordPolicy.minimumLength: must be a whole number of characters from 6 to 128; received 5',
      'organization.members.groups.Lab.passwordPolicy.onRemoval: is not an option',
    ],
    [
      'an OU of another root',
      { organization: { ...IDS, ous: ['ou-a1b2-c3d4e5f6', 'ou-zzzz-c3d4e5f6'] } },
      'organization.ous[1]: must be an OU of the root r-a1b2; received "ou-zzzz-c3d4e5f6"',
    ],
    [
      'the same OU and account twice',
      {
        organization: {
          ...IDS,
          ous: ['ou-a1b2-c3d4e5f6', 'ou-a1b2-c3d4e5f6'],
          exceptAccounts: ['111111111111', '111111111111'],
          trustedAccounts: ['999999999999', '999999999999'],
        },
      },
      'organization.ous[1]: is a duplicate; received "ou-a1b2-c3d4e5f6"',
      'organization.exceptAccounts[1]: is a duplicate; received "111111111111"',
      'organization.trustedAccounts[1]: is a duplicate; received "999999999999"',
    ],
    [
      'a policy of the Regions without Regions',
      { organization: { ...IDS, policies: { regions: 'enforce' } } },
      'organization.policies.regions: needs organization.regions, the Regions that members may use; received "enforce"',
    ],
    [
      'Regions without the home Region and that of global services',
      { region: 'eu-west-1', organization: { ...IDS, regions: ['eu-central-1'] } },
      'organization.regions: must include eu-west-1, the home Region; received ["eu-central-1"]',
      'organization.regions: must include us-east-1, where global services are; received ["eu-central-1"]',
    ],
    [
      'policies whose exemptions nobody protects',
      {
        organization: {
          ...IDS,
          regions: ['us-east-1'],
          policies: { protect: 'observe', regions: 'enforce', users: 'enforce' },
        },
      },
      'organization.policies.regions: needs organization.policies.protect: \'enforce\', which protects the roles that it exempts; received "enforce"',
      'organization.policies.users: needs organization.policies.protect: \'enforce\', which protects the roles that it exempts; received "enforce"',
    ],
    [
      'a declarative policy with exceptions',
      { organization: { ...IDS, exceptAccounts: accounts(1), policies: { instances: 'enforce' } } },
      'organization.policies.instances: cannot except accounts; remove exceptAccounts and list the covered OUs in ous, or do not enforce it; received "enforce"',
    ],
    [
      'more exceptions than fit into a policy',
      { organization: { ...IDS, exceptAccounts: accounts(200) } },
      'organization.policies.protect: would have 11,929 characters, and AWS allows 10,240; list the covered OUs in ous instead of exceptAccounts, or fewer trustedAccounts; received "enforce"',
    ],
  ]);
});
