import { calls, example, type Examples, parameters } from '../events/example';
import { ADMIN, INTRUDER } from '../events/fixtures';
import { ACCOUNT, call, CLOUDFORMATION, denied, service } from '../events/record';

const OTHER = '210987654321';
const GRANT = (granteePrincipal: string) => ({
  keyId: '1234abcd',
  operations: ['Decrypt'],
  granteePrincipal,
});

const repository = (principal: object) => ({
  repositoryName: 'orders',
  policyText: JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: principal, Action: ['ecr:*'] }] }),
});

export const examples: Examples = {
  matches: [
    ...calls('ecr', INTRUDER, { SetRepositoryPolicy: repository({ AWS: `arn:aws:iam::${OTHER}:root` }) }),
    ...calls('ssm', INTRUDER, {
      ModifyDocumentPermission: { name: 'deploy', permissionType: 'Share', accountIdsToAdd: ['all'] },
    }),
    example(
      'a document for another account behind the own',
      call(
        'ssm',
        'ModifyDocumentPermission',
        INTRUDER,
        parameters({ name: 'deploy', accountIdsToAdd: [ACCOUNT, OTHER] }),
      ),
    ),
    ...calls('kms', INTRUDER, { CreateGrant: GRANT(`arn:aws:iam::${OTHER}:role/x`) }),
    ...calls('events', INTRUDER, {
      PutPermission: { action: 'events:PutEvents', principal: '*', statementId: 'x' },
    }),
    ...calls('ram', INTRUDER, {
      CreateResourceShare: { name: 'x', principals: [OTHER] },
      AssociateResourceShare: { principals: [OTHER] },
    }),
    ...calls('codebuild', INTRUDER, { UpdateProjectVisibility: { projectVisibility: 'PUBLIC_READ' } }),
    ...calls('rds', INTRUDER, {
      ModifyDBInstance: { dBInstanceIdentifier: 'orders', publiclyAccessible: true },
    }),
    example(
      'a stack creates a public cluster',
      call('redshift', 'CreateCluster', CLOUDFORMATION, parameters({ publiclyAccessible: true })),
    ),
    example(
      'a copy of a database is public',
      call('rds', 'RestoreDBInstanceFromDBSnapshot', INTRUDER, {
        responseElements: { publiclyAccessible: true },
      }),
    ),
  ],
  nearMisses: [
    example(
      'an intruder may not',
      denied('ssm', 'ModifyDocumentPermission', INTRUDER, parameters({ accountIdsToAdd: ['all'] })),
    ),
    ...calls('ssm', ADMIN, { ModifyDocumentPermission: { accountIdsToAdd: [ACCOUNT] } }),
    ...calls('kms', ADMIN, { CreateGrant: GRANT(`arn:aws:iam::${ACCOUNT}:role/Orders`) }),
    example('a service', call('kms', 'CreateGrant', service('rds'), parameters(GRANT('rds.amazonaws.com')))),
    ...calls('events', ADMIN, { PutPermission: { principal: ACCOUNT } }),
    example('a function', call('lambda', 'AddPermission20150331v2', ADMIN, parameters({ principal: '*' }))),
    ...calls('ram', ADMIN, {
      CreateResourceShare: { principals: ['arn:aws:organizations::123456789012:organization/o-1'] },
      AssociateResourceShare: { principals: [ACCOUNT] },
      DisassociateResourceShare: { principals: [OTHER] },
    }),
    ...calls('ecr', ADMIN, {
      SetRepositoryPolicy: repository({ AWS: `arn:aws:iam::${ACCOUNT}:root` }),
      PutRegistryPolicy: repository({ Service: 'lambda.amazonaws.com' }),
    }),
    ...calls('codebuild', ADMIN, { UpdateProjectVisibility: { projectVisibility: 'PRIVATE' } }),
    ...calls('rds', ADMIN, {
      ModifyDBInstance: { dBInstanceIdentifier: 'orders', publiclyAccessible: false },
    }),
    example(
      'a copy of a database is private',
      call('rds', 'RestoreDBInstanceFromDBSnapshot', ADMIN, {
        responseElements: { publiclyAccessible: false },
      }),
    ),
    example(
      'another change of a public database',
      call('rds', 'ModifyDBCluster', ADMIN, { responseElements: { publiclyAccessible: true } }),
    ),
    example(
      'a replication instance',
      call('dms', 'CreateReplicationInstance', ADMIN, {
        requestParameters: { publiclyAccessible: true },
        responseElements: { publiclyAccessible: true },
      }),
    ),
  ],
};
