import { AUDIT_ROWS } from './by-service/audit';
import { IAM_ROWS } from './by-service/iam';
import { NOTIFICATION_ROWS } from './by-service/notifications';
import { OTHER_ROWS } from './by-service/others';
import { SETTING_ROWS } from './by-service/settings';
import type { Row } from './hand';

/** Every type that is tried, by service. */
export const SERVICES: Readonly<Record<string, readonly Row[]>> = {
  'People and roles': IAM_ROWS,
  'Trail, logs and key': AUDIT_ROWS,
  'Alarms and notifications': NOTIFICATION_ROWS,
  'Passwords, budget and AWS Config': OTHER_ROWS,
  'Settings of the account': SETTING_ROWS,
};

export const ROWS: readonly Row[] = Object.values(SERVICES).flat();
