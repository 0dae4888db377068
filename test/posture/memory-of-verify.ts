/**
 * Reads an account with as many roles as the argument says, judges it, and prints what that keeps in memory,
 * and the peak of the process, in bytes. Needs `--expose-gc`.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GetAccountAuthorizationDetailsCommand, IAMClient } from '@aws-sdk/client-iam';
import { defineBaseline } from '../../lib/config/config';
import { collect } from '../../lib/posture/collect/verify';
import { verify } from '../../lib/posture/verify';
import { SMALLEST } from '../smallest';
import { DeployedBaseline } from './deployed-baseline';

const ROLES = Number(process.argv[2] ?? 0);
const CALLER = { account: '123456789012', arn: 'arn:aws:iam::123456789012:user/alice', partition: 'aws' };
const CONFIG = defineBaseline(SMALLEST);

const encoded = (document: object) => encodeURIComponent(JSON.stringify(document));
const TRUST = encoded({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});
const POLICY = encoded({
  Version: '2012-10-17',
  Statement: ['orders', 'invoices'].map((name) => ({
    Effect: 'Allow',
    Action: ['s3:GetObject', 'dynamodb:GetItem', 'sqs:SendMessage'],
    Resource: [`arn:aws:s3:::${name}/*`, `arn:aws:dynamodb:us-east-1:123456789012:table/${name}`],
  })),
});
const MANAGED = 'arn:aws:iam::123456789012:policy/workload';

/** A role of a workload, as IAM answers; every second one has a managed policy of the account. */
const roleXml = (index: number) => `<member>
<Path>/</Path><RoleName>workload-${index}</RoleName><RoleId>AROA${String(index).padStart(17, '0')}</RoleId>
<Arn>arn:aws:iam::123456789012:role/workload-${index}</Arn><CreateDate>2026-11-01T00:00:00Z</CreateDate>
<AssumeRolePolicyDocument>${TRUST}</AssumeRolePolicyDocument><InstanceProfileList/>
<RolePolicyList><member><PolicyName>Own</PolicyName><PolicyDocument>${POLICY}</PolicyDocument></member></RolePolicyList>
<AttachedManagedPolicies>${index % 2 ? `<member><PolicyName>workload</PolicyName><PolicyArn>${MANAGED}</PolicyArn></member>` : ''}</AttachedManagedPolicies>
<Tags/><RoleLastUsed/></member>`;

const policyXml = `<member><PolicyName>workload</PolicyName><Arn>${MANAGED}</Arn><DefaultVersionId>v1</DefaultVersionId>
<PolicyVersionList><member><Document>${POLICY}</Document><VersionId>v1</VersionId><IsDefaultVersion>true</IsDefaultVersion></member></PolicyVersionList></member>`;

/** IAM with these roles, in pages as AWS has them. */
const server = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk: Buffer) => (body += chunk.toString()));
  request.on('end', () => {
    const query = new URLSearchParams(body);
    const asked = [...query].flatMap(([key, value]) => (key.startsWith('Filter.') ? [value] : []));
    const from = Number(query.get('Marker') ?? 0);
    const to = asked.includes('Role') ? Math.min(ROLES, from + Number(query.get('MaxItems'))) : 0;
    const roles = Array.from({ length: Math.max(0, to - from) }, (_, index) => roleXml(from + index)).join(
      '',
    );
    const policies = asked.includes('LocalManagedPolicy') && from === 0 ? policyXml : '';
    response.end(
      `<GetAccountAuthorizationDetailsResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><GetAccountAuthorizationDetailsResult>${to > 0 && to < ROLES ? `<IsTruncated>true</IsTruncated><Marker>${to}</Marker>` : '<IsTruncated>false</IsTruncated>'}<UserDetailList/><GroupDetailList/><RoleDetailList>${roles}</RoleDetailList><Policies>${policies}</Policies></GetAccountAuthorizationDetailsResult></GetAccountAuthorizationDetailsResponse>`,
    );
  });
}).listen(0, '127.0.0.1');

/** An account in which nothing is deployed, whose roles come from the server. */
class Account extends DeployedBaseline {
  constructor(private readonly endpoint: string) {
    super(CONFIG, {}, ['us-east-1']);
  }

  override get: DeployedBaseline['get'] = (client, region) => {
    const fake = super.get(client, region);
    if (client.name !== IAMClient.name) return fake;
    const { endpoint } = this;
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    const iam = new IAMClient({ endpoint, region: 'us-east-1', credentials });
    const send = fake.send.bind(fake);
    fake.send = (command) =>
      command instanceof GetAccountAuthorizationDetailsCommand ? iam.send(command) : send(command);
    return fake;
  };
}

async function measure(): Promise<void> {
  await once(server, 'listening');
  const clients = new Account(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const snapshot = await collect(clients, CALLER, CONFIG, {});
  const posture = verify(snapshot, CONFIG);
  if (!('value' in snapshot.people)) throw new Error(snapshot.people.unknown);
  server.closeAllConnections();
  server.close();
  for (let times = 0; times < 3; times += 1) global.gc?.();
  const heap = process.memoryUsage().heapUsed;
  const peak = process.resourceUsage().maxRSS * 1024;
  console.log(
    JSON.stringify({
      heap,
      peak,
      findings: posture.findings.length,
      kept: snapshot.people.value.roles.length,
    }),
  );
}

void measure();
