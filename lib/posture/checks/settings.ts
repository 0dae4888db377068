import type { AlternateContact } from '@aws-sdk/client-account';
import type { BaselineConfig } from '../../config/config';
import type { Finding, Remedy } from '../finding';
import type { Part, RegionalSettings, Snapshot } from '../snapshot';
import {
  check,
  type Check,
  consoleLink,
  counted,
  fail,
  given,
  inWords,
  type Observation,
  pass,
  manual,
  unknown,
} from './check';
import { shell } from '../shell';

/** A setting that is separate in each Region. */
interface RegionalSwitch<K extends keyof RegionalSettings> {
  /** Name of the option in the configuration. */
  readonly option: keyof BaselineConfig['accountSettings'];
  readonly check: string;
  readonly title: string;
  readonly problem: string;
  readonly severity: Finding['severity'];
  readonly controls: readonly string[];
  readonly setting: K;
  readonly isOn: (value: ValueOf<RegionalSettings[K]>) => boolean;
  /** State if it passes, as in "Encrypted in 4 Regions". */
  readonly state: string;
  /** Problem if it fails, as in "New volumes are not encrypted". */
  readonly fault: string;
  /** AWS CLI command that fixes it; `--region` is appended. */
  readonly command: string;
}

type ValueOf<P> = Extract<P, { readonly value: unknown }>['value'];

function regional<K extends keyof RegionalSettings>(one: RegionalSwitch<K>): Check {
  const { option, setting, isOn, state, fault, command, ...topic } = one;
  return check({ ...topic, area: 'settings' }, ({ regions, regional: settings }, { accountSettings }) => {
    if (accountSettings[option] !== true) return [];
    return given({ regions }, () => {
      const judged = Object.entries(settings).map(([region, { [setting]: part }]) => {
        // TypeScript does not narrow the type of a generic key's value.
        const read = part as Part<ValueOf<RegionalSettings[K]>>;
        if ('value' in read) return { region, is: isOn(read.value) ? ('on' as const) : ('off' as const) };
        return { region, is: 'unknown' as const, why: given({ read }, () => []) };
      });
      const off = judged.flatMap(({ region, is }) => (is === 'off' ? [region] : []));
      const unread = judged.filter(({ is }) => is === 'unknown');
      if (judged.length === 0) return unknown('No Region is known to be enabled.');
      return [
        ...(off.length === 0
          ? []
          : [fail(`${fault} in ${listed(off)}.`, inRegions(command, off), only(off))]),
        ...once(unread.flatMap(({ region, why = [] }) => why.map((seen) => ({ region, seen })))),
        ...(off.length + unread.length === 0
          ? [pass(`${state} in ${counted(judged.length, 'Region')}.`)]
          : []),
      ];
    });
  });
}

/** One observation per reason, with its Regions. */
export function once(
  unread: readonly { readonly region: string; readonly seen: Observation }[],
): Observation[] {
  const reasons = [...new Set(unread.map(({ seen }) => seen.detail))];
  return reasons.flatMap((reason) => {
    const same = unread.filter(({ seen }) => seen.detail === reason);
    const regions = same.map(({ region }) => region);
    const [first] = same;
    return first ? [{ ...first.seen, detail: `${reason} In ${listed(regions)}.`, ...only(regions) }] : [];
  });
}

const listed = (regions: readonly string[]) =>
  regions.length > 4
    ? `${regions.slice(0, 3).join(', ')} and ${regions.length - 3} more Regions`
    : regions.join(', ');

const only = (regions: readonly string[]) => (regions.length === 1 ? { region: regions[0] } : {});

function inRegions(command: string, regions: readonly string[]): Remedy {
  const [only = ''] = regions;
  return {
    text: regions.length === 1 ? 'Change it in this Region.' : 'Change it in these Regions.',
    command:
      regions.length === 1
        ? `${command} --region ${only}`
        : `for region in ${regions.join(' ')}; do ${command} --region "$region"; done`,
  };
}

export const SETTING_CHECKS: readonly Check[] = [
  regional({
    check: 'ebs-encryption',
    option: 'ebsEncryption',
    title: 'New volumes are encrypted in every Region',
    problem: 'New volumes are not encrypted by default',
    severity: 'medium',
    controls: ['CIS 6.1.1', 'FSBP EC2.7'],
    setting: 'ebsEncryption',
    isOn: (value) => value,
    state: 'Encrypted by default',
    fault: 'New volumes are not encrypted by default',
    command: 'aws ec2 enable-ebs-encryption-by-default',
  }),
  regional({
    check: 'imdsv2',
    option: 'requireImdsV2',
    title: 'New instances require IMDSv2',
    problem: 'New instances allow IMDSv1',
    severity: 'medium',
    controls: ['CIS 6.7'],
    setting: 'imds',
    isOn: ({ tokens, enforced }) => tokens === 'required' && enforced === 'enabled',
    state: 'Required',
    fault: 'New instances allow IMDSv1',
    command:
      'aws ec2 modify-instance-metadata-defaults --http-tokens required --http-tokens-enforced enabled',
  }),
  regional({
    check: 'snapshot-public-block',
    option: 'snapshotPublicAccessBlock',
    title: 'EBS snapshots cannot be public',
    problem: 'EBS snapshots can be public',
    severity: 'medium',
    controls: ['FSBP EC2.182', 'FSBP EC2.1'],
    setting: 'snapshotBlock',
    isOn: (value) => value === 'block-all-sharing',
    state: 'Blocked',
    fault: 'Snapshots can be public',
    command: 'aws ec2 enable-snapshot-block-public-access --state block-all-sharing',
  }),
  regional({
    check: 'image-public-block',
    option: 'amiPublicAccessBlock',
    title: 'AMIs cannot be made public',
    problem: 'AMIs can be made public',
    severity: 'medium',
    controls: [],
    setting: 'imageBlock',
    isOn: (value) => value === 'block-new-sharing',
    state: 'Blocked',
    fault: 'AMIs can be made public',
    command: 'aws ec2 enable-image-block-public-access --image-block-public-access-state block-new-sharing',
  }),
  regional({
    check: 'serial-console',
    option: 'serialConsoleOff',
    title: 'The EC2 serial console is blocked',
    problem: 'The EC2 serial console is allowed',
    severity: 'low',
    controls: [],
    setting: 'serialConsole',
    isOn: (value) => !value,
    state: 'Blocked',
    fault: 'The EC2 serial console is allowed',
    command: 'aws ec2 disable-serial-console-access',
  }),
  regional({
    check: 'access-analyzer',
    option: 'accessAnalyzer',
    title: 'Every Region has an external access analyzer',
    problem: 'A Region has no external access analyzer',
    severity: 'medium',
    controls: ['CIS 2.18', 'SSB ACCT.11'],
    setting: 'analyzer',
    isOn: (value) => value !== undefined,
    state: 'Active',
    fault: 'There is no active external access analyzer',
    command: 'aws accessanalyzer create-analyzer --type ACCOUNT --analyzer-name account-baseline',
  }),
  check(
    {
      check: 's3-account-block',
      title: 'The account blocks public buckets',
      problem: 'The account allows public buckets',
      area: 'settings',
      severity: 'high',
      controls: ['CIS 3.1.4', 'FSBP S3.1', 'SSB ACCT.08'],
    },
    ({ accountPublicAccessBlock, caller }, { accountSettings }) => {
      if (!accountSettings.s3PublicAccessBlock) return [];
      return given({ accountPublicAccessBlock }, ({ accountPublicAccessBlock: isOn }) =>
        isOn
          ? pass('No bucket of the account can be public.')
          : fail('Buckets of the account can be public.', {
              text: 'Block public access for the account, unless a bucket is public on purpose.',
              command: shell`aws s3control put-public-access-block --account-id ${caller.account} --public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true`,
            }),
      );
    },
  ),
  check(
    {
      check: 'contacts',
      title: 'The alternate contacts are set',
      problem: 'An alternate contact is missing or was changed',
      area: 'settings',
      severity: 'medium',
      controls: ['CIS 2.3', 'FSBP Account.1', 'SSB ACCT.01'],
    },
    (snapshot, { accountSettings }) =>
      given({ contacts: snapshot.contacts }, ({ contacts }) => {
        const absent = KINDS.filter((kind) => !contacts[kind.toUpperCase()]);
        const missing = absent.filter((kind) => accountSettings.contacts[kind] === undefined);
        const deleted = absent.filter((kind) => accountSettings.contacts[kind] !== undefined);
        const changed = KINDS.filter((kind) => {
          const [wanted, actual] = [accountSettings.contacts[kind], contacts[kind.toUpperCase()]];
          return wanted !== undefined && actual !== undefined && !isSame(wanted, actual);
        });
        if (absent.length + changed.length === 0) return pass('The three alternate contacts are set.');
        return [
          ...(missing.length === 0
            ? []
            : [
                manual(
                  `The account has no alternate contact for ${inWords(missing, 'disjunction')}.`,
                  contactRemedy(snapshot),
                ),
              ]),
          ...[
            ...deleted.map((kind) => `The ${kind} contact was deleted, or is not deployed yet.`),
            ...changed.map((kind) => `The ${kind} contact differs from the configuration.`),
          ].map((detail) =>
            fail(detail, {
              ...contactRemedy(snapshot),
              text: 'Find out who changed it, then set it on the account page. A deployment without changes does not reapply it.',
            }),
          ),
        ];
      }),
  ),
  check(
    {
      check: 'primary-contact',
      title: 'The primary contact is complete',
      problem: 'The primary contact is incomplete',
      area: 'settings',
      severity: 'medium',
      controls: ['CIS 2.2'],
    },
    (snapshot) =>
      given({ primaryContact: snapshot.primaryContact }, ({ primaryContact: filled }) => {
        const missing = Object.entries(PRIMARY).flatMap(([field, what]) =>
          filled.includes(field) ? [] : [what],
        );
        return missing.length === 0
          ? pass('Name, address and telephone number are set. Only you can tell whether they are correct.')
          : manual(`The primary contact has no ${missing.join(', no ')}.`, {
              text: 'Enter a company address and number rather than one person’s. AWS may call the number before it restores access to root.',
              link: consoleLink(snapshot, 'billing/home#/account'),
            });
      }),
  ),
];

/** Required fields of the primary contact, by AWS names. */
const PRIMARY = { FullName: 'name', AddressLine1: 'address', PhoneNumber: 'telephone number' };

const KINDS = ['security', 'billing', 'operations'] as const;

type Wanted = NonNullable<BaselineConfig['accountSettings']['contacts'][(typeof KINDS)[number]]>;

function isSame({ name, title, email, phone }: Wanted, actual: AlternateContact): boolean {
  return (
    actual.Name === name &&
    actual.Title === title &&
    actual.EmailAddress === email &&
    actual.PhoneNumber === phone
  );
}

function contactRemedy(snapshot: Snapshot): Remedy {
  return {
    text: 'Use mailboxes that several people read. Set them in accountSettings.contacts and deploy, or on the account page.',
    link: consoleLink(snapshot, 'billing/home#/account'),
  };
}
