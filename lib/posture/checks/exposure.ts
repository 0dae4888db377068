import type { FindingSummary } from '@aws-sdk/client-accessanalyzer';
import type { BaselineConfig } from '../../config/config';
import { shell } from '../shell';
import type { AnalyzerState, Snapshot } from '../snapshot';
import { check, consoleLink, counted, fail, given, type Observation, pass, unknown } from './check';
import { once } from './settings';

/** Roles have checks of their own, which read their trust policies. */
const ROLE = 'AWS::IAM::Role';

export const EXPOSURE_CHECKS = [
  check(
    {
      check: 'exposure',
      title: 'No resource is open to others',
      problem: 'A resource is open to others',
      area: 'settings',
      severity: 'high',
      controls: ['SSB ACCT.08'],
    },
    (snapshot, config) =>
      given({ regions: snapshot.regions }, () => {
        const enabled = Object.entries(snapshot.regional);
        if (enabled.length === 0) return unknown('No Region is known to be enabled.');
        // Without the analyzers of the baseline, only other analyzers show what is open.
        const regions = enabled.filter(
          ([, { analyzer }]) =>
            config.accountSettings.accessAnalyzer || !('value' in analyzer) || analyzer.value !== undefined,
        );
        if (regions.length === 0) return [];
        const unread: { readonly region: string; readonly seen: Observation }[] = [];
        const open: Observation[] = [];
        for (const [region, { analyzer }] of regions) {
          const seen = given({ analyzer }, ({ analyzer: state }) =>
            state === undefined
              ? unknown('Without an external access analyzer, nobody knows what is open to others.')
              : exposures(snapshot, config, region, state),
          );
          open.push(...seen.filter(({ resource }) => resource !== undefined));
          unread.push(
            ...seen.filter(({ resource }) => resource === undefined).map((one) => ({ region, seen: one })),
          );
        }
        return open.length + unread.length === 0
          ? pass(
              `The analyzers of ${counted(regions.length, 'Region')} found nothing that is open to others, except what was archived or is shared with a trusted account.`,
            )
          : [...open, ...once(unread)];
      }),
  ),
  check(
    {
      check: 'shared-images',
      title: 'No AMI is shared',
      problem: 'An AMI is open to others',
      area: 'settings',
      severity: 'high',
      controls: [],
    },
    (snapshot, { access }) =>
      given({ regions: snapshot.regions }, () => {
        const { images } = snapshot;
        const read = Object.keys(images);
        if (read.length === 0) return unknown('The AMIs were not read.');
        const unread: { readonly region: string; readonly seen: Observation }[] = [];
        const open: Observation[] = [];
        for (const [region, part] of Object.entries(images)) {
          const seen = given({ part }, ({ part: shared }) =>
            shared.flatMap(({ id, isPublic, sharedWith }) => {
              const others = sharedWith.filter((one) => !access.trustedAccounts.includes(one));
              if (!isPublic && others.length === 0) return [];
              const who = isPublic ? 'everyone' : others.join(', ');
              return fail(
                `The AMI ${id} is open to ${who}.`,
                {
                  text: 'Find out who shared it. Stop sharing it, or add the account to access.trustedAccounts.',
                  command: shell`aws ec2 reset-image-attribute --region ${region} --image-id ${id} --attribute launchPermission`,
                  link: consoleLink(snapshot, `ec2/home?region=${region}#Images:visibility=owned-by-me`),
                },
                { resource: id, region, ...(isPublic ? { severity: 'critical' as const } : {}) },
              );
            }),
          );
          open.push(...seen.filter(({ resource }) => resource !== undefined));
          unread.push(
            ...seen.filter(({ resource }) => resource === undefined).map((one) => ({ region, seen: one })),
          );
        }
        return open.length + unread.length === 0
          ? pass(`No AMI in ${counted(read.length, 'Region')} is public or shared.`)
          : [...open, ...once(unread)];
      }),
  ),
];

/** One observation for each resource that is open to others. */
function exposures(
  snapshot: Snapshot,
  { access }: BaselineConfig,
  region: string,
  { arn, findings }: AnalyzerState,
): Observation[] {
  const open = findings.filter(
    ({ status, resourceType, principal }) =>
      status !== 'ARCHIVED' &&
      resourceType !== ROLE &&
      !(principal !== undefined && isTrusted(principal, access.trustedAccounts)),
  );
  return [...new Set(open.map(({ resource }) => resource))].map((resource = 'a resource') => {
    const same = open.filter((one) => (one.resource ?? 'a resource') === resource);
    const [{ id = '', resourceType = '' } = {}] = same;
    const about = { resource, region };
    const remedy = {
      text: 'Remove the permission from the resource. If others need it, archive the finding of the analyzer, or add the account to access.trustedAccounts.',
      command: shell`aws accessanalyzer get-finding --region ${region} --analyzer-arn ${arn} --id ${id}`,
      link: consoleLink(snapshot, `access-analyzer/home?region=${region}#/findings/details/${id}`),
    };
    const what = `${resourceType.replace(/^AWS::/, '').replace('::', ' ')} ${resource}`;
    const errors = same.flatMap(({ error }) => error ?? []);
    if (errors.length === same.length) {
      return unknown(`The analyzer could not analyze ${what}: ${errors.join(', ')}.`, { ...about, remedy });
    }
    const isPublic = same.some((one) => one.isPublic === true);
    const who = isPublic ? ['everyone'] : [...new Set(same.flatMap(principalsOf))];
    return fail(`${what} is open to ${who.join(', ')}: ${actionsOf(same)}.`, remedy, {
      ...about,
      ...(isPublic ? { severity: 'critical' as const } : {}),
    });
  });
}

function isTrusted(principal: Readonly<Record<string, string>>, trusted: readonly string[]): boolean {
  const names = Object.values(principal);
  return (
    names.length > 0 &&
    names.every((name) => trusted.some((id) => name === id || name.includes(`:iam::${id}:`)))
  );
}

function principalsOf({ principal }: FindingSummary): string[] {
  const names = Object.values(principal ?? {});
  return names.length === 0 ? ['somebody whom the analyzer does not name'] : names;
}

/** The actions that others can use, at most three. */
function actionsOf(findings: readonly FindingSummary[]): string {
  const actions = [...new Set(findings.flatMap(({ action = [] }) => action))];
  if (actions.length === 0) return 'the analyzer names no action';
  const more = actions.length - 3;
  return `${actions.slice(0, 3).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
