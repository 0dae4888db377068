import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { type AccountSettingFunction, type DailyCheckProps, SettingFunction } from './setting-function';
import { acknowledgeWildcard } from '../functions/nag-suppressions';

/** Somebody whom AWS tells. */
export interface ContactProps {
  /** 1 to 64 characters. */
  readonly name: string;
  /** 1 to 50 characters. */
  readonly title: string;
  /** A mailbox, of more than one person at best. */
  readonly email: string;
  /** 1 to 25 characters. */
  readonly phone: string;
}

/** Whom AWS tells beside root's address. */
export interface ContactsProps {
  /** @default - stays as it is */
  readonly security?: ContactProps;
  /** @default - stays as it is */
  readonly billing?: ContactProps;
  /** @default - stays as it is */
  readonly operations?: ContactProps;
}

export interface AccountSettingsProps {
  /** Sets those that are on by default. */
  readonly handler: AccountSettingFunction;
  /**
   * No bucket of the account can be public.
   * @default true
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
   */
  readonly s3PublicAccessBlock?: boolean;
  /**
   * New EBS volumes and snapshots are encrypted.
   * @default true
   * @see https://docs.aws.amazon.com/ebs/latest/userguide/encryption-by-default.html
   */
  readonly ebsEncryption?: boolean;
  /**
   * New instances take IMDSv2 only, with a hop limit of 2, unless their launch says otherwise.
   * @default true
   * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-IMDS-new-instances.html
   */
  readonly requireImdsV2?: boolean;
  /**
   * EBS snapshots can't be public; those that are become private.
   * @default true
   * @see https://docs.aws.amazon.com/ebs/latest/userguide/block-public-access-snapshots.html
   */
  readonly snapshotPublicAccessBlock?: boolean;
  /**
   * AMIs can't be made public.
   * @default true
   * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/block-public-access-to-amis.html
   */
  readonly amiPublicAccessBlock?: boolean;
  /**
   * Nobody can open the serial console of an instance.
   * @default true
   * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configure-access-to-serial-console.html
   */
  readonly serialConsoleOff?: boolean;
  /**
   * An analyzer of access from outside the account, where there is none.
   * @default true
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/what-is-access-analyzer.html
   */
  readonly accessAnalyzer?: boolean;
  /**
   * Alias of the account, in the sign-in address.
   * @default - stays as it is
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/console-account-alias.html
   */
  readonly alias?: string;
  /**
   * Alternate contacts.
   * @default {}
   * @see https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-update-contact-alternate.html
   */
  readonly contacts?: ContactsProps;
  /**
   * Delete the default VPC of every Region, unless something is in it or was added to it.
   * @default false
   * @see https://docs.aws.amazon.com/vpc/latest/userguide/deleting-default-vpc.html
   */
  readonly removeDefaultVpcs?: boolean;
  /**
   * Take the rules out of the default security groups that nothing uses and whose rules are those they were made with.
   * @default false
   * @see https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html
   */
  readonly emptyDefaultSecurityGroups?: boolean;
  /**
   * Whom to tell, once a day, of an alias or a contact that was changed.
   * @default - nobody looks
   */
  readonly dailyCheck?: DailyCheckProps;
  /**
   * Regions whose default networks are meant; the handler has its own.
   * @default - all that are enabled
   */
  readonly regions?: readonly string[];
  /**
   * Leave the settings as they are when they are switched off or deleted.
   * @default false
   */
  readonly keepOnRemoval?: boolean;
}

/**
 * Settings of the account that CloudFormation has no type for, in every Region: custom resources that remember what was
 * there before, set what is not right or stricter already, read it back, and restore it when they are deleted.
 */
export class AccountSettings extends Construct {
  /** What was not touched because it is in use, by the name of the setting; known when the stack is deployed. */
  readonly leftAlone: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: AccountSettingsProps) {
    super(scope, id);
    this.byDefault(props);
    // A function each: its code and permissions must be there until the setting was restored, and nobody else needs them.
    if (props.alias !== undefined) this.alias(props, props.alias);
    this.leftAlone = this.defaultNetworks(props);
  }

  private byDefault(props: AccountSettingsProps): void {
    const { handler, keepOnRemoval: keep } = props;
    const names = Object.entries({
      S3PublicAccessBlock: props.s3PublicAccessBlock,
      EbsEncryption: props.ebsEncryption,
      ImdsV2: props.requireImdsV2,
      SnapshotPublicAccessBlock: props.snapshotPublicAccessBlock,
      AmiPublicAccessBlock: props.amiPublicAccessBlock,
      SerialConsoleOff: props.serialConsoleOff,
      AccessAnalyzer: props.accessAnalyzer,
    }).flatMap(([name, isOn = true]) => (isOn ? [name] : []));
    for (const name of names) handler.set(this, name, { keep });

    const { security, billing, operations } = props.contacts ?? {};
    const contacts = { SecurityContact: security, BillingContact: billing, OperationsContact: operations };
    for (const [name, contact] of Object.entries(contacts)) {
      if (!contact) continue;
      const value = {
        Name: contact.name,
        Title: contact.title,
        EmailAddress: contact.email,
        PhoneNumber: contact.phone,
      };
      handler.set(this, name, { value, keep });
    }
  }

  private alias({ dailyCheck, keepOnRemoval: keep }: AccountSettingsProps, alias: string): void {
    const scope = new Construct(this, 'Alias');
    const handler = new SettingFunction(scope, 'Function', {
      entry: join(__dirname, './account-alias.handler.ts'),
      description: 'Account alias',
      permissions: [
        new PolicyStatement({
          actions: ['iam:ListAccountAliases', 'iam:CreateAccountAlias', 'iam:DeleteAccountAlias'],
          // They know no resource.
          resources: ['*'],
        }),
      ],
      dailyCheck,
    });
    acknowledgeWildcard(handler.executionRole, '*', 'An alias is the account’s and has no ARN.');
    handler.set(scope, 'AccountAlias', { id: 'Resource', value: alias, keep });
  }

  private defaultNetworks(props: AccountSettingsProps): Record<string, string> {
    const { regions, keepOnRemoval: keep } = props;
    const names = [
      ...(props.removeDefaultVpcs ? ['DefaultVpc'] : []),
      ...(props.emptyDefaultSecurityGroups ? ['DefaultSecurityGroups'] : []),
    ];
    if (names.length === 0) return {};
    const resources = ['internet-gateway', 'security-group', 'subnet', 'vpc'].map((resource) =>
      Stack.of(this).formatArn({ service: 'ec2', region: '*', resource, resourceName: '*' }),
    );
    const handler = new SettingFunction(this, 'NetworksFunction', {
      entry: join(__dirname, './default-networks.handler.ts'),
      description: 'Default networks',
      regions,
      permissions: [
        new PolicyStatement({
          actions: [
            'ec2:DescribeRegions',
            'ec2:DescribeVpcs',
            'ec2:DescribeSubnets',
            'ec2:DescribeInstances',
            'ec2:DescribeNetworkInterfaces',
            'ec2:DescribeSecurityGroups',
            'ec2:DescribeRouteTables',
            'ec2:DescribeNetworkAcls',
            'ec2:DescribeVpcEndpoints',
            'ec2:DescribeVpcPeeringConnections',
            'ec2:DescribeVpnGateways',
            'ec2:DescribeInternetGateways',
            // What it makes has no ARN before.
            'ec2:CreateDefaultVpc',
          ],
          // Describe* knows no resource.
          resources: ['*'],
        }),
        new PolicyStatement({
          actions: [
            'ec2:DetachInternetGateway',
            'ec2:DeleteInternetGateway',
            'ec2:DeleteSubnet',
            'ec2:DeleteVpc',
            'ec2:RevokeSecurityGroupIngress',
            'ec2:RevokeSecurityGroupEgress',
            'ec2:AuthorizeSecurityGroupIngress',
            'ec2:AuthorizeSecurityGroupEgress',
          ],
          resources,
        }),
      ],
    });
    for (const resource of ['*', ...resources]) {
      acknowledgeWildcard(
        handler.executionRole,
        resource,
        'Nobody knows the ids of the default networks before; the function touches no others.',
      );
    }
    const scope = new Construct(this, 'Networks');
    return Object.fromEntries(
      names.map((name) => [name, handler.set(scope, name, { keep }).getAttString('LeftAlone')]),
    );
  }
}
