import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GetAccountPasswordPolicyCommand, IAMClient } from '@aws-sdk/client-iam';
import { Clients } from '../../lib/posture/clients';

test('a call that is throttled more often than the SDK repeats it is answered all the same', async () => {
  let calls = 0;
  const server = createServer((_, response) => {
    calls += 1;
    if (calls <= 3) {
      response.writeHead(400, { 'content-type': 'text/xml' });
      response.end(
        '<ErrorResponse><Error><Code>Throttling</Code><Message>Rate exceeded</Message></Error></ErrorResponse>',
      );
    } else {
      response.writeHead(200, { 'content-type': 'text/xml' });
      response.end(
        '<GetAccountPasswordPolicyResponse><GetAccountPasswordPolicyResult><PasswordPolicy><MinimumPasswordLength>14</MinimumPasswordLength></PasswordPolicy></GetAccountPasswordPolicyResult></GetAccountPasswordPolicyResponse>',
      );
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const before = { ...process.env };
  process.env['AWS_ENDPOINT_URL'] = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b', sessionToken: 'c' };
  const clients = new Clients({ region: 'eu-central-1', credentials, patientAttempts: 8 });
  try {
    const { PasswordPolicy } = await clients.get(IAMClient).send(new GetAccountPasswordPolicyCommand({}));
    expect(PasswordPolicy?.MinimumPasswordLength).toBe(14);
    expect(calls).toBe(4);
  } finally {
    process.env = before;
    clients.destroy();
    server.close();
  }
});
