import { accept, check } from '../rows';

const organization = (more: object) => ({ organization: { id: 'o-a1b2c3d4e5', rootId: 'r-a1b2', ...more } });

describe('the structure of an organization', () => {
  accept([
    [
      'five levels, adopted and created, and accounts in them',
      organization({
        units: {
          A: 'create',
          'A/B': 'ou-a1b2-c3d4e5f6',
          'A/B/C': 'create',
          'A/B/C/D': 'create',
          'A/B/C/D/E': 'create',
        },
        accounts: {
          'Shop (live)': { email: 'aws+shop@example.com', unit: 'A/B/C/D/E' },
          old: { id: '111111111111', unit: 'ou-a1b2-99999999' },
        },
      }),
    ],
  ]);

  check([
    [
      'a path, a value, and a level that AWS does not allow',
      organization({ units: { 'A//B': 'create', C: 'delete', 'D/D/D/D/D/D': 'create' } }),
      'organization.units.A//B: is not a path of OUs, such as Workloads/Production: names of 1 to 128 letters, digits, spaces and _ . + @ -; received "A//B"',
      'organization.units.C: must be \'create\', or the ID of an existing OU, such as ou-a1b2-c3d4e5f6; received "delete"',
      'organization.units.D/D/D/D/D/D: is too deep: AWS allows 5 levels of OUs; received "D/D/D/D/D/D"',
    ],
    [
      'an OU without the one above it, of another root, and twice',
      organization({
        units: { 'A/B': 'create', C: 'ou-zzzz-c3d4e5f6', D: 'ou-a1b2-c3d4e5f6', E: 'ou-a1b2-c3d4e5f6' },
      }),
      'organization.units.A/B: needs the OU above it, A, in organization.units; received "create"',
      'organization.units.C: must be an OU of the root r-a1b2; received "ou-zzzz-c3d4e5f6"',
      'organization.units.D: is the ID of another OU, too; received "ou-a1b2-c3d4e5f6"',
      'organization.units.E: is the ID of another OU, too; received "ou-a1b2-c3d4e5f6"',
    ],
    [
      'an account with neither address nor ID, and one with a name that CloudFormation would change',
      organization({ accounts: { empty: { unit: 'A' }, '${x}': { id: '111111111111' } } }),
      'organization.accounts.empty: must have an email, with which it is created, or the id of an existing account; received {"unit":"A"}',
      'organization.accounts.${x}: is not a name of an account: 1 to 50 ASCII characters, without ${ and {{; received "${x}"',
    ],
    [
      'accounts of unknown OUs, and with the same address or ID',
      organization({
        units: { A: 'create' },
        accounts: {
          one: { email: 'aws@example.com', unit: 'B' },
          two: { email: 'AWS@example.com', unit: 'ou-zzzz-c3d4e5f6' },
          three: { id: '111111111111', unit: 'A' },
          four: { id: '111111111111' },
        },
      }),
      'organization.accounts.one.unit: must be a path in organization.units; received "B"',
      'organization.accounts.one.email: is the address of another account, too; received "aws@example.com"',
      'organization.accounts.two.unit: must be an OU of the root r-a1b2; received "ou-zzzz-c3d4e5f6"',
      'organization.accounts.two.email: is the address of another account, too; received "AWS@example.com"',
      'organization.accounts.three.id: is the ID of another account, too; received "111111111111"',
      'organization.accounts.four.id: is the ID of another account, too; received "111111111111"',
    ],
  ]);
});
