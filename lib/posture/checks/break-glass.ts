import { BREAK_GLASS, BREAK_GLASS_DRILL, DRILL_DAYS } from '../../access/break-glass';
import { check, day, daysBetween, fail, given, manual, pass, REDEPLOY } from './check';

export const BREAK_GLASS_CHECKS = [
  check(
    {
      check: 'break-glass',
      title: 'The break-glass users work, and nobody else is among them',
      problem: 'A break-glass user is missing, or the group has another member',
      area: 'people',
      severity: 'high',
      controls: [],
    },
    ({ people, credentials }, { access: { breakGlass } }) =>
      breakGlass
        ? given({ people, credentials }, ({ people: { users }, credentials: rows }) => [
            ...breakGlass.map((name) => {
              const user = users.find(({ UserName }) => UserName === name);
              if (!user?.GroupList?.includes(BREAK_GLASS)) {
                return fail(
                  user ? `${name} is not in the group ${BREAK_GLASS}.` : `There is no user ${name}.`,
                  REDEPLOY,
                  { resource: name },
                );
              }
              const used = rows.find((row) => row.user === name)?.passwordLastUsed;
              return pass(`${name} ${used ? `signed in last on ${day(used)}` : 'has never signed in'}.`, {
                resource: name,
              });
            }),
            ...users
              .filter(
                ({ UserName = '', GroupList = [] }) =>
                  GroupList.includes(BREAK_GLASS) && !breakGlass.includes(UserName),
              )
              .map(({ UserName = '' }) =>
                fail(
                  `${UserName} is in the group ${BREAK_GLASS} but not in the configuration.`,
                  { text: 'Find out who added the user, and remove the user from the group.' },
                  { resource: UserName, severity: 'critical' },
                ),
              ),
          ])
        : [],
  ),
  check(
    {
      check: BREAK_GLASS_DRILL,
      title: 'A drill with the break-glass users was done within a year',
      problem: 'A drill with the break-glass users is due',
      area: 'people',
      severity: 'medium',
      controls: [],
    },
    ({ at, confirmed }, { access: { breakGlass } }) => {
      if (!breakGlass) return [];
      const last = confirmed[BREAK_GLASS_DRILL];
      const remedy = {
        text: 'Sign in with each break-glass user, wait for the alarm, and record the drill.',
        command: 'npx aws-account-baseline drill break-glass',
      };
      if (last === undefined) return manual('No drill is recorded.', remedy);
      const due = new Date(new Date(last).valueOf() + DRILL_DAYS * 86_400_000);
      return daysBetween(new Date(last), at) > DRILL_DAYS
        ? manual(`The last drill was on ${last}. The next was due on ${day(due)}.`, remedy)
        : pass(`The last drill was on ${last}. The next is due on ${day(due)}.`);
    },
  ),
];
