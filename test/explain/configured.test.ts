import { defineBaseline } from '../../lib/config/config';
import { ConfiguredStacks } from '../../lib/explain/configured';
import { SMALLEST } from '../smallest';

const PLACE = { account: '123456789012', partition: 'aws', region: 'us-east-1' };
const STACKS = new ConfiguredStacks(defineBaseline({ ...SMALLEST, stackName: 'Acme' }));

test('the stacks are those of the configuration', () => {
  expect(STACKS.stackNames).toEqual(expect.arrayContaining(['Acme-Access', 'Acme-Audit', 'Acme-Alarms']));
  expect(STACKS.stackNames).not.toContain('Acme-Detectors');
});

test('deployed resources have their names in the account, and others those that they would get', () => {
  const bucketIn = (physical?: ReadonlyMap<string, ReadonlyMap<string, string>>) =>
    STACKS.policies(PLACE, physical).names.get('AuditTrailBucket');
  expect(bucketIn()).toBe('acme-stack-audittrailbucket-1a2b3c4d5e6f');
  expect(bucketIn(new Map([['Acme-Audit', new Map([['AuditTrailBucket', 'deployed']])]]))).toBe('deployed');
  expect(bucketIn(new Map([['Other-Audit', new Map([['AuditTrailBucket', 'deployed']])]]))).toBe(bucketIn());
});
