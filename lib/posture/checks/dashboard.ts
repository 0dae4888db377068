import { differences, referencesOf } from '../differences';
import { check, type Check, fail, given, pass, REDEPLOY, unknown } from './check';

export const DASHBOARD_CHECKS: readonly Check[] = [
  check(
    {
      check: 'dashboard',
      title: 'The dashboard shows what was deployed',
      problem: 'The dashboard was deleted or changed',
      area: 'alarms',
      severity: 'low',
      controls: [],
    },
    (snapshot, { notifications }) =>
      notifications.dashboard
        ? given({ resources: snapshot.resources, suite: snapshot.suite }, ({ resources, suite }) => {
            const dashboards = resources.filter(({ type }) => type === 'AWS::CloudWatch::Dashboard');
            if (dashboards.length === 0) return unknown('The dashboard is not deployed.');
            return dashboards.flatMap(({ kind, resource, wanted, actual: part }) =>
              given({ actual: part }, ({ actual }) => {
                if (!actual) return fail(`The dashboard ${resource} was deleted.`, REDEPLOY, { resource });
                return differences(wanted, actual, referencesOf(snapshot, suite, kind)).length > 0
                  ? fail(
                      `The dashboard ${resource} differs from the template: what it shows or links to may be wrong.`,
                      REDEPLOY,
                      { resource },
                    )
                  : pass(`The dashboard ${resource} is unmodified.`, { resource });
              }),
            );
          })
        : [],
  ),
];
