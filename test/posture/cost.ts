import type { Cost } from '../../lib/posture/report';

/** What the smallest configuration costs. */
export const COST: Cost = {
  idle: 1.4,
  busy: 6.2,
  lines: [
    { what: 'Customer key', usd: 1 },
    { what: 'Secret of a first password, until it is deleted', usd: 0.4 },
    { what: 'Trail, alarms, budget and mails', usd: 0 },
  ],
};
