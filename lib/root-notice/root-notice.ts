import { Aws, type CfnCondition, CfnDeletionPolicy, Fn, Names } from 'aws-cdk-lib';
import {
  CfnChannelAssociation,
  CfnEventRule,
  CfnNotificationConfiguration,
  CfnNotificationHub,
} from 'aws-cdk-lib/aws-notifications';
import { CfnEmailContact } from 'aws-cdk-lib/aws-notificationscontacts';
import { Construct } from 'constructs';
import { flag } from '../fields/basics';
import { checkProps } from '../fields/check-props';
import { matching } from '../fields/text';
import { markPart } from '../functions/mark-part';
import { needsRegion } from '../functions/needs-region';
import { withoutStackTags, withoutTags } from '../functions/without-tags';
import { type EmailChannelProps, recipients } from '../notifications/channels/email';
import { NOTICE_REGION, noticeRules } from './rules';

/** Properties of `RootNotice`. */
export interface RootNoticeProps {
  /** Name of the notification configuration: letters, digits, hyphens, and underscores, at most 64. */
  readonly name: string;
  /**
   * E-mail addresses, each of which must be activated once, with the code in a message from AWS. The code
   * expires after 12 hours. A changed address or ID creates another contact, which must be activated again.
   */
  readonly emails: readonly EmailChannelProps[];
  /**
   * Prefix of the names of roles. Direct changes to them are notified for every caller.
   * @default - only what root does
   */
  readonly rolePrefix?: string;
  /**
   * Whether to create a notification hub. An account needs at least one, in any Region, and can have one in
   * each of three Regions.
   * @default true
   */
  readonly createHub?: boolean;
  /**
   * Creates the hub only if this is true.
   * @default - always
   */
  readonly createHubIf?: CfnCondition;
}

/**
 * E-mails from AWS User Notifications, seconds after somebody signs in as root or an IAM user, AWS Sign-In
 * reports an anomaly, root changes users, credentials, the account, or the organization, or somebody changes
 * a role of the baseline. It depends on no log group, alarm, topic, or function. The text is that of AWS: it
 * explains nothing and links to no runbook.
 *
 * It must be in us-east-1, the only Region that has these resource types.
 * @example
 * new RootNotice(this, 'Notice', { name: 'root', emails: [{ address: 'security@example.com' }] });
 */
export class RootNotice extends Construct {
  private readonly hub?: CfnNotificationHub;

  constructor(scope: Construct, id: string, props: RootNoticeProps) {
    super(scope, id);
    checkProps(
      {
        emails: recipients().min(1, { error: 'must name at least one address' }),
        createHub: flag().optional(),
        name: matching(/^[\w-]{1,64}$/, 'must be 1 to 64 letters, digits, hyphens and underscores'),
      },
      props,
    );
    needsRegion(this, 'RootNotice', NOTICE_REGION, 'where CloudFormation has its types');
    if (props.createHub ?? true) {
      this.hub = new CfnNotificationHub(this, 'Hub', { region: NOTICE_REGION });
      // AWS refuses to remove the last hub of an account, and other configurations may use this one.
      // https://docs.aws.amazon.com/notifications/latest/APIReference/API_DeregisterNotificationHub.html
      this.hub.cfnOptions.deletionPolicy = CfnDeletionPolicy.RETAIN;
      this.hub.cfnOptions.updateReplacePolicy = CfnDeletionPolicy.RETAIN;
    }
    const configuration = new CfnNotificationConfiguration(this, 'Configuration', {
      name: props.name,
      description: 'Sign-ins, changes that root makes, and changes to roles of the baseline',
      // Each event at once, and not in a summary of five minutes.
      aggregationDuration: 'NONE',
    });
    if (this.hub) {
      const { ref } = this.hub;
      const { createHubIf: condition } = props;
      this.hub.cfnOptions.condition = condition;
      // CloudFormation then creates the hub first. DependsOn cannot name a resource with a condition.
      // https://cloudonaut.io/optional-dependson-with-cloudformation-metadata-to-the-rescue
      configuration.addMetadata(
        'Hub',
        condition ? Fn.conditionIf(condition.logicalId, ref, Aws.NO_VALUE) : ref,
      );
    }
    const notificationConfigurationArn = configuration.attrArn;
    for (const { address, id: emailId = address, condition } of props.emails) {
      const email = new Construct(this, emailId);
      const contact = new CfnEmailContact(email, 'Contact', {
        emailAddress: address,
        name: Names.uniqueResourceName(email, { maxLength: 64 }),
      });
      const channel = new CfnChannelAssociation(email, 'Channel', {
        arn: contact.attrArn,
        notificationConfigurationArn,
      });
      contact.cfnOptions.condition = condition;
      channel.cfnOptions.condition = condition;
      markPart(contact, 'email-contact');
    }
    for (const { id: ruleId, source, eventType, pattern, regions } of noticeRules(props.rolePrefix)) {
      new CfnEventRule(this, ruleId, {
        notificationConfigurationArn,
        source,
        eventType,
        eventPattern: pattern && JSON.stringify(pattern),
        regions: [...regions],
      });
    }
    // A changed tag would replace the configuration, and the contacts.
    withoutTags(this);
    withoutStackTags(this, 'contacts', 'replace its contacts, whose addresses must then be activated again');
  }
}
