import type { OrganizationPolicy } from './policy';

const assign = (value: string) => ({ '@@assign': value });

/**
 * The settings of EC2 that a declarative policy can hold, with the values of the Settings stack. EC2 refuses
 * every change by every caller, including in Regions that are enabled later. EBS encryption by default is not
 * among them.
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_declarative_syntax.html
 */
export const instances: OrganizationPolicy = {
  name: 'instances',
  type: 'DECLARATIVE_POLICY_EC2',
  denies: 'Sets IMDSv2, no public snapshots and images, and no serial console',
  reason: 'What a policy declares holds in every Region, and no administrator of a member can change it.',
  noise:
    'Software that uses IMDSv1 on new instances; members that share public snapshots, which become private',
  exempt: 'Nobody, not even `exceptAccounts`: a declarative policy has no conditions',
  neverDenies: 'Instances that run, and launches that ask for their own metadata options',
  document: ({ prefix }) => ({
    ec2_attributes: {
      instance_metadata_defaults: {
        http_tokens: assign('required'),
        // One hop would cut off containers; see the setting.
        http_put_response_hop_limit: assign('2'),
        http_endpoint: assign('no_preference'),
        instance_metadata_tags: assign('no_preference'),
      },
      snapshot_block_public_access: { state: assign('block_all_sharing') },
      image_block_public_access: { state: assign('block_new_sharing') },
      serial_console_access: { status: assign('disabled') },
      exception_message: assign(
        `The policy ${prefix}-instances of your organization sets this. Ask those who manage the organization.`,
      ),
    },
  }),
};
