import {
  CloudFormationClient,
  GetTemplateCommand,
  paginateListStackResources,
} from '@aws-sdk/client-cloudformation';
import type { BaselineConfig } from '../../config/config';
import { possibleKindsOf, regionOf, stackNameOf } from '../../stacks/stack-kinds';
import type { Place } from '../../upgrade/comparable';
import type { UpgradeTemplate } from '../../upgrade/compare';
import type { Clients } from '../clients';
import { UsageError } from '../commands/exit-code';
import { NOTICE_REGION } from '../../root-notice/rules';
import { parseTemplate } from '../parse-template';
import { all } from '../read';
import { removeCommand } from '../remedies';
import { parametersOf } from '../template-values';
import { readCaller } from './account';
import { findStack } from './find-stack';

/** The deployed stacks, by name. */
export interface DeployedTemplates {
  readonly templates: Readonly<Record<string, UpgradeTemplate>>;
  /** Values of the parameters of each stack. Only the templates of day zero have some. */
  readonly parameters: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Names in the account by `<stack>/<logical ID>`. */
  readonly physicalIds: ReadonlyMap<string, string>;
  /** Stacks whose first deployment failed: nothing of their templates exists, except what they keep. */
  readonly rolledBack: readonly string[];
  /** Stacks without termination protection. */
  readonly unprotected: readonly string[];
  /** Region of the suite, and the account. */
  readonly place: Required<Omit<Place, 'parameters'>>;
}

/**
 * Reads the templates of the deployed stacks of the suite.
 *
 * @throws {UsageError} if none is deployed
 */
export async function readDeployedTemplates(
  clients: Clients,
  config: BaselineConfig,
): Promise<DeployedTemplates> {
  const { stackName: prefix } = config;
  const { account, partition } = await readCaller(clients);
  // Other partitions have no us-east-1.
  const kinds = possibleKindsOf(config).filter((kind) => kind !== 'RootNotice' || partition === 'aws');
  const stacks = await Promise.all(
    kinds.map(async (kind) => {
      const client = clients.get(CloudFormationClient, regionOf(kind, undefined));
      return readStack(client, stackNameOf(prefix, kind));
    }),
  );
  const found = stacks.flat();
  const region = await clients.get(CloudFormationClient).config.region();
  const others = found.filter(({ StackName }) => StackName !== stackNameOf(prefix, 'RootNotice'));
  if (others.length === 0) {
    throw new UsageError(
      [
        `No stack ${prefix}-* is deployed in ${region} of the account ${account}. Check the Region and the profile; before the first deployment, use preflight.`,
        ...found.map(
          ({ StackName }) =>
            `${NOTICE_REGION} has ${StackName}: if the others are deleted, delete it, too: ${removeCommand(StackName, NOTICE_REGION)}`,
        ),
      ].join(' '),
    );
  }
  return {
    templates: Object.fromEntries(found.map(({ StackName, template }) => [StackName, template])),
    parameters: Object.fromEntries(found.map(({ StackName, parameters }) => [StackName, parameters])),
    physicalIds: new Map(found.flatMap(({ names }) => names)),
    rolledBack: found.flatMap(({ StackName, status }) => (status === 'ROLLBACK_COMPLETE' ? StackName : [])),
    unprotected: found.flatMap(({ StackName, isProtected }) => (isProtected ? [] : StackName)),
    place: { region, account },
  };
}

async function readStack(client: CloudFormationClient, StackName: string) {
  // CloudFormation keeps the template of a deleted stack, and has none before the first change set runs.
  const stack = await findStack(client, StackName);
  if (stack === undefined || stack.StackStatus === 'REVIEW_IN_PROGRESS') return [];
  const [{ TemplateBody = '' }, resources] = await Promise.all([
    client.send(new GetTemplateCommand({ StackName })),
    all(paginateListStackResources({ client }, { StackName }), (page) => page.StackResourceSummaries),
  ]);
  const names = resources.flatMap(({ LogicalResourceId = '', PhysicalResourceId = '', ResourceStatus }) =>
    ResourceStatus === 'DELETE_COMPLETE'
      ? []
      : [[`${StackName}/${LogicalResourceId}`, PhysicalResourceId] as const],
  );
  const template = parseTemplate(TemplateBody) as UpgradeTemplate;
  const { StackStatus: status, EnableTerminationProtection: isProtected = false } = stack;
  return [{ StackName, template, names, parameters: parametersOf(stack), status, isProtected }];
}
