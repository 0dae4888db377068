import { z } from 'zod';
import { oneOf, section } from '../../fields/basics';
import { accountId } from '../../fields/names';
import { email, matching, UNREPLACED } from '../../fields/text';

/** Levels of OUs below the root. https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html */
const LEVELS = 5;

/** The ID of an OU. */
export const unitId = () =>
  matching(/^ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}$/, 'must be the ID of an OU, such as ou-a1b2-c3d4e5f6');

const unitPath = z
  .string()
  .regex(/^[\w .+@-]{1,128}(?:\/[\w .+@-]{1,128})*$/, {
    error:
      'is not a path of OUs, such as Workloads/Production: names of 1 to 128 letters, digits, spaces and _ . + @ -',
    abort: true,
  })
  .refine((path) => path.split('/').length <= LEVELS, {
    error: `is too deep: AWS allows ${LEVELS} levels of OUs`,
  });

/** OUs by their paths: 'create', or the ID of one that exists. */
export const units = z.record(
  unitPath,
  z.union([oneOf(['create']), unitId()], {
    error: "must be 'create', or the ID of an existing OU, such as ou-a1b2-c3d4e5f6",
  }),
  { error: "must be an object such as { Workloads: 'create', 'Workloads/Production': 'create' }" },
);

const ACCOUNT = "must be an object such as { email: 'aws+sandbox@example.com', unit: 'Workloads' }";

const account = section(
  {
    /**
     * E-mail address of the root user, which no other AWS account has. Mail to it must arrive. The deployment
     * creates the account. AWS allows neither the name nor the address to be changed here afterwards.
     * @default - none, if the account exists
     */
    email: email()
      .max(64, { error: 'must have at most 64 characters' })
      .regex(...UNREPLACED)
      .optional(),
    /**
     * ID of the account, if it exists. The deployment then does not change it.
     * @default - the account is created
     */
    id: accountId().optional(),
    /**
     * Path of its OU in `organization.units`, or the ID of an OU.
     * @default - the root of the organization
     */
    unit: z.string({ error: 'must be a path in organization.units, or the ID of an OU' }).optional(),
  },
  ACCOUNT,
).refine(({ email: address, id }) => address !== undefined || id !== undefined, {
  error: 'must have an email, with which it is created, or the id of an existing account',
});

const accountName = z.string().regex(/^(?!.*(?:\$\{|\{\{))[\x20-\x7e]{1,50}$/, {
  error: 'is not a name of an account: 1 to 50 ASCII characters, without ${ and {{',
});

/** Accounts by their names. */
export const accounts = z.record(accountName, account, {
  error: "must be an object such as { sandbox: { email: 'aws+sandbox@example.com' } }",
});
