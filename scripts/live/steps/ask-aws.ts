import { AccessAnalyzerClient, paginateValidatePolicy } from '@aws-sdk/client-accessanalyzer';
import { CloudWatchLogsClient, TestMetricFilterCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  CreateAccessKeyCommand,
  CreateVirtualMFADeviceCommand,
  DeleteAccessKeyCommand,
  DeleteVirtualMFADeviceCommand,
  IAMClient,
} from '@aws-sdk/client-iam';
import { GetSessionTokenCommand, STSClient } from '@aws-sdk/client-sts';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { ACCESS, type Answer } from '../../../lib/access/access-matrix';
import { ConfiguredStacks } from '../../../lib/explain/configured';
import { fromAccount } from '../../../lib/posture/commands/explain';
import { collect } from '../../../lib/posture/collect/verify';
import { all, ifThere } from '../../../lib/posture/read';
import { newKey } from '../new-key';
import { isSo } from '../person';
import { expected, type Live, observe, type Observation, type Step } from '../step';

const Results = z.object({
  numPassedTests: z.number(),
  numTotalTests: z.number(),
  testResults: z.array(
    z.object({ assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })) }),
  ),
});

export const ASK_AWS: readonly Step[] = [
  {
    id: 'filters',
    title: 'Ask CloudWatch Logs about every pattern and example',
    minutes: 3,
    async run({ clients, programs }) {
      return [
        await observe(
          'TestMetricFilter decides as the examples say',
          async () => {
            const one = { filterPattern: '{$.a=1}', logEventMessages: ['{"a":1}'] };
            await clients.get(CloudWatchLogsClient).send(new TestMetricFilterCommand(one));
            const file = programs.path('filters.json');
            const { minutes } = await programs.filterTests(file);
            const results = Results.parse(JSON.parse(readFileSync(file, 'utf8')));
            const failed = results.testResults
              .flatMap(({ assertionResults }) => assertionResults)
              .filter(({ status }) => status !== 'passed');
            return {
              outcome: expected(failed.length === 0 && results.numTotalTests > 0),
              detail: [
                `${results.numPassedTests} of ${results.numTotalTests} passed`,
                ...failed.map(({ fullName }) => fullName),
              ].join('; '),
              minutes,
            };
          },
          ['patterns'],
        ),
      ];
    },
  },
  {
    id: 'policies',
    title: 'Let IAM Access Analyzer validate every policy',
    minutes: 1,
    async run(live) {
      const { policies, unread } = await policiesOf(live);
      return [...(await Promise.all(policies.map((one) => validated(live, one)))), ...unread];
    },
  },
  {
    id: 'simulate',
    title: 'Let IAM simulate what people may do',
    minutes: 4,
    run: simulated,
  },
  {
    id: 'access-key',
    title: 'Try to get past MFA with an access key',
    minutes: 4,
    run: tryAccessKey,
  },
];

interface Document {
  readonly name: string;
  readonly document: string;
  readonly type: 'IDENTITY_POLICY' | 'RESOURCE_POLICY';
  /** Type of the resource. @default - not checked */
  readonly of?: 'AWS::IAM::AssumeRolePolicyDocument';
}

/** The policies of the stacks' people, roles, and resources, as they are deployed. */
async function policiesOf({
  clients,
  caller,
  config,
}: Live): Promise<{ policies: Document[]; unread: Observation[] }> {
  const { people, resourcePolicies } = await collect(clients, caller, config, {});
  const { groups, roles, policies } =
    'value' in people ? people.value : { groups: [], roles: [], policies: [] };
  const unread = Object.entries({ people, resources: resourcePolicies }).flatMap(
    ([of, part]): Observation[] =>
      'unknown' in part
        ? [
            {
              what: `ValidatePolicy accepts the policies of ${of}`,
              outcome: 'unanswered',
              detail: part.unknown,
              answers: ['permissions'],
            },
          ]
        : [],
  );
  const isOwn = (name = '') => name.startsWith(`${config.stackName}-`);
  const own = roles.filter(({ RoleName }) => isOwn(RoleName));
  const inline = [
    ...groups.map(({ GroupName = '', GroupPolicyList = [] }) => ({
      owner: GroupName,
      list: GroupPolicyList,
    })),
    ...own.map(({ RoleName = '', RolePolicyList = [] }) => ({ owner: RoleName, list: RolePolicyList })),
  ];
  const found: Document[] = [
    ...inline.flatMap(({ owner, list }) =>
      list.map(({ PolicyName = '', PolicyDocument = '' }) => ({
        name: `${owner}: ${PolicyName}`,
        document: decodeURIComponent(PolicyDocument),
        type: 'IDENTITY_POLICY' as const,
      })),
    ),
    ...policies
      .filter(({ PolicyName }) => isOwn(PolicyName))
      .map(({ PolicyName = '', PolicyVersionList = [] }) => ({
        name: PolicyName,
        document: decodeURIComponent(
          PolicyVersionList.find(({ IsDefaultVersion }) => IsDefaultVersion)?.Document ?? '',
        ),
        type: 'IDENTITY_POLICY' as const,
      })),
    ...own.map(({ RoleName = '', AssumeRolePolicyDocument = '' }) => ({
      name: `${RoleName}: trust`,
      document: decodeURIComponent(AssumeRolePolicyDocument),
      type: 'RESOURCE_POLICY' as const,
      of: 'AWS::IAM::AssumeRolePolicyDocument' as const,
    })),
    ...('value' in resourcePolicies ? resourcePolicies.value : []).flatMap(({ resource, actual }) =>
      'value' in actual
        ? [{ name: resource, document: JSON.stringify(actual.value), type: 'RESOURCE_POLICY' as const }]
        : [],
    ),
  ];
  return { policies: found, unread };
}

/**
 * What the analyzer says to a policy. Suggestions are about style.
 * @see https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_ValidatePolicy.html
 */
function validated({ clients }: Live, { name, document, type, of }: Document): Promise<Observation> {
  return observe(
    `ValidatePolicy accepts ${name}`,
    async () => {
      const client = clients.get(AccessAnalyzerClient);
      const findings = await all(
        paginateValidatePolicy(
          { client },
          { policyDocument: document, policyType: type, validatePolicyResourceType: of },
        ),
        (page) => page.findings,
      );
      const grave = findings.filter(({ findingType }) => findingType !== 'SUGGESTION');
      return {
        outcome: expected(grave.length === 0),
        detail:
          grave.map(({ findingType, issueCode }) => `${findingType ?? ''} ${issueCode ?? ''}`).join('; ') ||
          undefined,
      };
    },
    ['permissions'],
  );
}

/** Asks IAM for each task of the access matrix that IAM decides, as an administrator with and without MFA. */
async function simulated(live: Live): Promise<Observation[]> {
  const { config, clients, region } = live;
  const [as = ''] = config.administrators;
  const stacks = new ConfiguredStacks(config);
  const isAllowed = async (can: string, how: object) => {
    const options = { config: 'baseline.config.ts', color: false, region, as, can, ...how };
    return (await fromAccount(options, stacks, clients)).decision === 'allowed';
  };
  const answerOf = async (can: string): Promise<readonly [withMfa: Answer, withoutMfa: Answer]> => {
    const direct = await isAllowed(can, {});
    const byStack = !direct && (await isAllowed(can, { throughCloudformation: true }));
    const password = await isAllowed(can, { withoutMfa: true });
    const key = password && (await isAllowed(can, { withAccessKey: true }));
    return [direct ? 'yes' : byStack ? 'stack' : 'no', password ? (key ? 'yes' : 'console') : 'no'];
  };
  const observations: Observation[] = [];
  for (const { task, actions, may } of ACCESS) {
    for (const action of actions) {
      observations.push(
        await observe(
          `IAM answers for ${action} as the access matrix (${task})`,
          async () => {
            const answers = await answerOf(action);
            // IAM has no part in root activating it.
            const wanted = [
              may.administrator === 'activated' ? 'yes' : may.administrator,
              may.administratorWithoutMfa,
            ];
            return {
              outcome: expected(answers.join() === wanted.join()),
              detail: `with MFA ${answers[0]}, without ${answers[1]}`,
            };
          },
          ['permissions'],
        ),
      );
    }
  }
  return observations;
}

/**
 * A key, a session token without MFA, and a device: IAM has to refuse the last call.
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html
 */
async function tryAccessKey(live: Live): Promise<Observation[]> {
  const { clients, config, region, person, recall, remember } = live;
  const iam = clients.get(IAMClient);
  const [UserName = ''] = config.administrators;
  const tried = await observe(
    'A session token without MFA cannot create an MFA device',
    async () => {
      // Of a try that was interrupted.
      const left = recall(ACCESS_KEY) as string | undefined;
      if (left !== undefined) {
        await ifThere(['NoSuchEntityException'], () =>
          iam.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId: left })),
        );
      }
      const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
      remember(ACCESS_KEY, AccessKey?.AccessKeyId);
      try {
        const { Credentials } = await newKey(AccessKey, (credentials) =>
          new STSClient({ region, credentials }).send(new GetSessionTokenCommand({ DurationSeconds: 900 })),
        );
        const credentials = {
          accessKeyId: Credentials?.AccessKeyId ?? '',
          secretAccessKey: Credentials?.SecretAccessKey ?? '',
          sessionToken: Credentials?.SessionToken,
        };
        return await createsDevice(new IAMClient({ region, credentials }), iam);
      } finally {
        await iam.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId: AccessKey?.AccessKeyId }));
      }
    },
    ['session-token'],
  );
  const inConsole = await isSo(
    person,
    'access-key-console',
    'A console session that you made from such a token, with the federation endpoint, could not set up a device',
    ['session-token'],
  );
  return [tried, inConsole];
}

const DEVICE = 'live-without-mfa';
/** The ID of the key, so that an interruption leaves none. */
const ACCESS_KEY = 'access-key';

async function createsDevice(
  asSession: IAMClient,
  iam: IAMClient,
): Promise<Omit<Observation, 'what' | 'answers'>> {
  try {
    const { VirtualMFADevice } = await asSession.send(
      new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: DEVICE }),
    );
    await iam.send(new DeleteVirtualMFADeviceCommand({ SerialNumber: VirtualMFADevice?.SerialNumber }));
    return { outcome: 'unexpected', detail: 'it could' };
  } catch (error) {
    // IAM's words for a session without MFA are those for a token that it does not know.
    if (!(error instanceof Error) || !/^(AccessDenied|InvalidClientTokenId)/.test(error.name)) throw error;
    return { outcome: 'expected', detail: `${error.name}: ${error.message}` };
  }
}
