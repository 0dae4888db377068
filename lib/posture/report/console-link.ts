import { CONSOLE_DOMAINS } from '../../console/console-domains';
import type { Finding, Posture } from '../finding';

/** Console page of each area; `{region}` marks regional pages. */
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

/** EC2 settings of each Region: encryption, metadata, snapshots, images, serial console. */
const REGIONAL_SETTINGS = '/ec2/home?region={region}#Settings:';

/**
 * Console link for a finding, in its partition and Region.
 *
 * @returns undefined for a partition without a known console
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

/** Whether a URL is a console page of any partition. */
export function isConsole(url: string): boolean {
  const { hostname } = new URL(url);
  return Object.values(CONSOLE_DOMAINS).some(
    ({ console }) => hostname === console || hostname.endsWith(`.${console}`),
  );
}
