import { setTimeout } from 'node:timers/promises';
import type { PolicyType } from '@aws-sdk/client-organizations';
import type { Permission } from '../../settings/setting';
import { allPages } from './all-pages';
import type { ServiceClients, ServiceSetting } from './service-setting';

/** How often a change is looked for, and the pause in milliseconds: two minutes in all. */
const TRIES = 40;
const PAUSE = 3000;

/**
 * A policy type of the organization. Organizations changes it in the background.
 * @see https://docs.aws.amazon.com/organizations/latest/APIReference/API_EnablePolicyType.html
 */
export function policyType(name: string, PolicyType: PolicyType) {
  const statusIn = async ({ organizations }: ServiceClients) => {
    const { Roots: [root] = [] } = await organizations.listRoots({});
    return { RootId: root?.Id, status: root?.PolicyTypes?.find(({ Type }) => Type === PolicyType)?.Status };
  };
  /** Waits until no change is in progress. */
  const settled = async (clients: ServiceClients) => {
    for (let left = TRIES; ; left--) {
      const found = await statusIn(clients);
      if (!found.status?.startsWith('PENDING')) return found;
      if (left === 0) throw new Error(`${PolicyType} is still ${found.status}`);
      await setTimeout(PAUSE);
    }
  };
  return {
    name,
    scope: 'account',
    read: async (clients) => (await settled(clients)).status === 'ENABLED',
    async write(clients, value, { skip }) {
      const { organizations } = clients;
      const { RootId } = await settled(clients);
      if (value) return organizations.enablePolicyType({ RootId, PolicyType });
      //! Disabling the type would detach every policy of it.
      const policies = await allPages(
        (NextToken) => organizations.listPolicies({ Filter: PolicyType, NextToken }),
        (page) => page.Policies,
      );
      const other = policies.find(({ AwsManaged }) => !AwsManaged);
      if (!other) return organizations.disablePolicyType({ RootId, PolicyType });
      skip(`${PolicyType} stays enabled: the policy ${other.Name} needs it`);
      return value;
    },
    desired: () => true,
  } as const satisfies ServiceSetting<boolean>;
}

/** Permissions for a policy type. */
export function policyTypePermissions(name: string, PolicyType: PolicyType) {
  return [
    { sid: `Read${name}`, actions: ['organizations:ListPolicies', 'organizations:ListRoots'] },
    {
      sid: name,
      actions: ['organizations:DisablePolicyType', 'organizations:EnablePolicyType'],
      resources: [{ service: 'organizations', region: '', path: 'root/o-*/r-*' }],
      conditions: { StringEquals: { 'organizations:PolicyType': PolicyType } },
    },
  ] as const satisfies readonly Permission[];
}

export const file = __filename;
