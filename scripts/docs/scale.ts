import { LIMITS, recorded, TOLERANCE } from '../scale/results';
import { table } from './markdown';

const megabytes = (bytes: number): string => `${Math.round(bytes / 1024 / 1024)} MB`;

/** Time and memory in large accounts: docs/scale.md. */
export function scale(): string {
  const { date, node, processors, cases } = recorded();
  return `# Large accounts

<!-- Derived from scripts/scale/results.json: npm run scale, npm run docs -->

Measured on ${date} with \`npm run scale\`, Node.js ${node}, ${processors} processors: the commands in an emulated account, the function with
the code of its template, and a server in place of CloudWatch Logs that answers pages of 1 MB.

${table(
  ['case', 'seconds', 'CPU seconds', 'peak memory'],
  cases.map(({ what, seconds, cpu, bytes }) => [what, seconds.toFixed(1), cpu.toFixed(1), megabytes(bytes)]),
)}

CI measures the largest cases again. It fails if a command takes more than ${LIMITS.command.seconds} seconds or ${megabytes(LIMITS.command.bytes)}, if the function takes more than its
${megabytes(LIMITS.function.bytes)} or the ${LIMITS.function.seconds} seconds that it has for reading, or if a case takes more than ${TOLERANCE.bytes} of the memory or ${TOLERANCE.cpu} times
the CPU time that is recorded.

## What grows

- **Time** grows with roles, users, and events. IAM answers 1,000 users and roles a page, so 5,000 roles and 1,000 users are seven pages or
  more. \`verify\` asks for the SSH keys of each user in a call of its own, 50 at a time. If IAM throttles them beyond the SDK's retries, these
  users are unknown, never passed.
- **Regions** are read at the same time. Before the commands ran, a deployment had written the settings in each of them.
- **Memory** grows with users and events. \`verify\` forgets a role that only services assume and that does not administer the account
  as soon as it has read its page: [posture/memory](../test/posture/memory.slow.test.ts) compares 20,000 such roles with none.
- **Messages** do not grow: each has at most 20 events. The function stops reading 15 seconds before its timeout. AWS answers slower than
  this server; the message then says “At least”.
`;
}
