import type { CloudTrailEvent } from '../../../emulator/metric-filters';
import type { Habit } from './habit';
import { alice } from './people/alice';
import { bob } from './people/bob';
import { carol } from './people/carol';
import { dan } from './people/dan';
import { erin } from './people/erin';
import { baselineDeployment } from './pipelines/baseline';
import { cdk } from './pipelines/cdk';
import { images } from './pipelines/images';
import { preview } from './pipelines/preview';
import { terraform } from './pipelines/terraform';
import { identified } from './record';
import { backup } from './services/backup';
import { chores } from './services/chores';
import { controlTower } from './services/control-tower';
import { findings } from './services/findings';
import { scanner } from './services/scanner';
import { assistant } from './workloads/assistant';
import { fleet } from './workloads/fleet';
import { functions } from './workloads/functions';
import { orders } from './workloads/orders';
import { reports } from './workloads/reports';

/** Everybody and everything in the company. A new habit is a file and a line here. */
const HABITS: readonly Habit[] = [
  alice,
  bob,
  carol,
  dan,
  erin,
  baselineDeployment,
  cdk,
  images,
  preview,
  terraform,
  assistant,
  fleet,
  functions,
  orders,
  reports,
  backup,
  chores,
  controlTower,
  findings,
  scanner,
];

/** A record of the week, and the title of the habit that it belongs to. */
export interface WeekRecord {
  readonly habit: string;
  readonly event: CloudTrailEvent;
}

/**
 * A week of a small company: people in the console, pipelines, workloads, and AWS services. Nothing in it is
 * an attack, so nothing critical or high may trigger.
 *
 * @returns records in the order of their time, the same on each run
 */
export function week(): WeekRecord[] {
  return HABITS.flatMap(({ title, records }) =>
    records().map((event, index) => ({ habit: title, event: identified(event, `${title} ${index}`) })),
  ).sort((one, other) => (timeOf(one) < timeOf(other) ? -1 : timeOf(one) > timeOf(other) ? 1 : 0));
}

const timeOf = ({ event }: WeekRecord) => String(event['eventTime']);
