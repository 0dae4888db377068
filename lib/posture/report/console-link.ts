import { CONSOLE_DOMAINS } from '../../console/console-domains';
import type { Finding, Posture } from '../finding';

/** The page of the console where each area is looked at; `{region}` marks those that exist once a Region. */
const PAGES: Readonly<Record<Finding['area'], string>> = {
  root: '/iam/home#/security_credentials',
  people: '/iam/home#/users',
  password: '/iam/home#/account_settings',
  trail: '/cloudtrailv2/home?region={region}#/trails',
  alarms: '/cloudwatch/home?region={region}#alarmsV2:',
  notifications: '/sns/v3/home?region={region}#/subscriptions',
  settings: '/billing/home#/account',
  billing: '/billing/home#/account',
  stack: '/cloudformation/home?region={region}#/stacks',
};

/** Switches of EC2 that each Region has of its own: encryption, metadata, snapshots, images, the serial console. */
const REGIONAL_SETTINGS = '/ec2/home?region={region}#Settings:';

/**
 * Where a person looks at a finding in the console, in the partition and the Region that it is about.
 *
 * @returns undefined for a partition whose console is not known
 */
export function consoleLink(
  { area, region }: Finding,
  posture: Pick<Posture, 'partition' | 'region'>,
): string | undefined {
  const domain = Object.entries(CONSOLE_DOMAINS).find(([partition]) => partition === posture.partition)?.[1];
  if (!domain) return undefined;
  const page = area === 'settings' && region !== undefined ? REGIONAL_SETTINGS : PAGES[area];
  if (!page.includes('{region}')) return `https://${domain.console}${page}`;
  const where = encodeURIComponent(region ?? posture.region);
  return `https://${where}.${domain.console}${page.replace('{region}', where)}`;
}

/** Whether a URL is in the console of some partition. */
export function isConsole(url: string): boolean {
  const { hostname } = new URL(url);
  return Object.values(CONSOLE_DOMAINS).some(
    ({ console }) => hostname === console || hostname.endsWith(`.${console}`),
  );
}
