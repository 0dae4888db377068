import {
  AccessAnalyzerClient,
  type FindingSummary,
  paginateListAnalyzers,
  paginateListFindings,
} from '@aws-sdk/client-accessanalyzer';
import { DescribeImageAttributeCommand, EC2Client, paginateDescribeImages } from '@aws-sdk/client-ec2';
import { ANALYZER } from '../../settings/analyzer';
import { CallFailed, type Clients } from '../clients';
import { all, noAnswer, read } from '../read';
import type { AnalyzerState, Caller, Part, SharedImage } from '../snapshot';

/** Images of a Region whose launch permissions are read: each takes a call. */
const MOST_IMAGES = 50;

/**
 * Reads the external access analyzer of a Region with its findings.
 *
 * @param isOurs whether the analyzer is probably that of the baseline. Its ARN is known, so one call reads
 *   both. Its status, which would take another call in each Region, is not read
 */
export function readAnalyzer(
  clients: Clients,
  { partition, account }: Caller,
  region: string,
  isOurs: boolean,
): Promise<Part<AnalyzerState | undefined>> {
  const client = clients.get(AccessAnalyzerClient, region);
  return read(async () => {
    const ours = `arn:${partition}:access-analyzer:${region}:${account}:analyzer/${ANALYZER}`;
    if (isOurs) {
      try {
        return { arn: ours, findings: await findingsOf(client, ours, account) };
      } catch (error) {
        if (!(error instanceof CallFailed) || error.code !== 'ResourceNotFoundException') throw error;
      }
    }
    const analyzers = await all(
      paginateListAnalyzers({ client }, {}),
      (page) => page.analyzers ?? noAnswer('the analyzers'),
    );
    const arn = analyzers.find(
      ({ type, status }) => status === 'ACTIVE' && (type === 'ACCOUNT' || type === 'ORGANIZATION'),
    )?.arn;
    return arn === undefined ? undefined : { arn, findings: await findingsOf(client, arn, account) };
  });
}

/**
 * The findings about resources of the account, except resolved ones.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-filter-keys.html
 */
function findingsOf(
  client: AccessAnalyzerClient,
  analyzerArn: string,
  account: string,
): Promise<FindingSummary[]> {
  const filter = { status: { eq: ['ACTIVE', 'ARCHIVED'] }, resourceOwnerAccount: { eq: [account] } };
  return all(
    paginateListFindings({ client }, { analyzerArn, filter }),
    (page) => page.findings ?? noAnswer('the findings'),
  );
}

/** Reads the AMIs of a Region that others can use. The analyzers do not cover AMIs. */
export function readImages(clients: Clients, region: string): Promise<Part<SharedImage[]>> {
  const client = clients.get(EC2Client, region);
  return read(async () => {
    const images = await all(
      paginateDescribeImages({ client }, { Owners: ['self'], MaxResults: 1000 }),
      (page) => page.Images ?? noAnswer('the images'),
    );
    if (images.length > MOST_IMAGES) {
      throw new Error(
        `there are ${images.length} AMIs in ${region}, and the launch permissions of at most ${MOST_IMAGES} are read`,
      );
    }
    const shared = images.map(async ({ ImageId: id = '' }): Promise<SharedImage> => {
      const { LaunchPermissions: others = noAnswer(`the launch permissions of ${id}`) } = await client.send(
        new DescribeImageAttributeCommand({ ImageId: id, Attribute: 'launchPermission' }),
      );
      return {
        id,
        isPublic: others.some(({ Group }) => Group === 'all'),
        sharedWith: others.flatMap(
          ({ UserId, OrganizationArn, OrganizationalUnitArn }) =>
            UserId ?? OrganizationArn ?? OrganizationalUnitArn ?? [],
        ),
      };
    });
    return (await Promise.all(shared)).filter(
      ({ isPublic, sharedWith }) => isPublic || sharedWith.length > 0,
    );
  });
}
