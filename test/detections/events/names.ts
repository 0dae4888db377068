/**
 * Names that CloudFormation could give to resources of the suite: of the stack, the resource, and a suffix.
 */
export const PREFIX = 'AccountBaseline';
export const LOG_GROUP = `${PREFIX}-Audit-AuditTrailLogGroup-AbCdEf123456`;
/** Names of buckets are in lower case. CloudFormation shortens the name of the stack where it is too long. */
export const BUCKET = 'accountbas-audittrailbucket-abcdef123456';
