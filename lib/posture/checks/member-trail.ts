import { organizationTrailOf } from '../../organization/organization-trail';
import { shell } from '../shell';
import { check, given, manual, pass } from './check';

/** The check of a member whose events the trail of the organization records. */
export const MEMBER_TRAIL_CHECKS = [
  check(
    {
      check: 'own-trail',
      title: 'The account pays for no trail of its own',
      problem: 'The account pays for a trail of its own',
      area: 'trail',
      severity: 'low',
      controls: [],
    },
    ({ trails }, config) => {
      if (!organizationTrailOf(config)) return [];
      return given({ trails }, ({ trails: all }) => {
        const own = all.filter(({ trail }) => trail.IsOrganizationTrail !== true);
        if (own.length === 0) return pass('Only the trail of the organization records its events.');
        return own.map(({ trail: { Name = '', TrailARN: resource = Name, HomeRegion = '' } }) =>
          manual(
            `The trail ${Name} records events that the trail of the organization records too. CloudTrail charges 2 USD per 100,000 management events for each copy but the first.`,
            {
              text: 'If nobody needs its log files or data events, delete it in the account. Its bucket and log files stay.',
              command: shell`aws cloudtrail delete-trail --region ${HomeRegion} --name ${resource}`,
            },
            { resource },
          ),
        );
      });
    },
  ),
];
