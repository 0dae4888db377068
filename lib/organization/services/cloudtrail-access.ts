import { trustedAccess, trustedAccessPermissions } from './trusted-access';

const NAME = 'CloudTrailAccess';
const PRINCIPAL = 'cloudtrail.amazonaws.com';

/** Trusted access of CloudTrail, without which an organization trail cannot be created or updated. */
const cloudTrailAccess = trustedAccess(NAME, PRINCIPAL, async ({ cloudTrail }) => {
  const { trailList = [] } = await cloudTrail.describeTrails({});
  const trail = trailList.find(({ IsOrganizationTrail }) => IsOrganizationTrail);
  return trail && `the organization trail ${trail.Name} uses it`;
});

export const permissions = /* @__PURE__ */ trustedAccessPermissions(NAME, PRINCIPAL, {
  sid: 'FindOrganizationTrails',
  actions: ['cloudtrail:DescribeTrails'],
});
export { cloudTrailAccess as setting };
export const file = __filename;
