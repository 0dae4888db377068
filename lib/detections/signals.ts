import type { Signal } from './detection';

/**
 * CloudTrail delivers to CloudWatch Logs within about five minutes. A shorter period would only split a burst
 * of events.
 */
const FIRST_EVENT = { threshold: 1, period: 300 } as const;

/** Someone uses root. */
export const ROOT_USER: Signal = {
  id: 'RootUser',
  title: 'Root user used',
  ...FIRST_EVENT,
  severity: 'critical',
  steps: [
    'Ask immediately who used root, and for which task.',
    'If nobody did: change the root password, delete its access keys and unknown MFA devices.',
  ],
};

/** Someone changes the protection of root: a possible takeover of the account. */
export const ROOT_CREDENTIALS: Signal = {
  id: 'RootCredentials',
  title: 'Root credentials or account changed',
  ...FIRST_EVENT,
  severity: 'critical',
  steps: [
    'Call the owner of the root mailbox: was it planned?',
    'If not: reset the root password, delete its access keys and unknown MFA devices.',
    'Locked out? Contact AWS: https://aws.amazon.com/contact-us/',
  ],
};

/** One event is enough to investigate. */
export const SAFEGUARDS: Signal = {
  id: 'Safeguards',
  title: 'Safeguard disabled or new access path created',
  ...FIRST_EVENT,
  severity: 'high',
  steps: [
    'Ask the caller whether it was planned.',
    'If it was not: deactivate the caller’s credentials, then undo the change.',
  ],
};

/** One event is normal, many within five minutes are not. The weights of the detections define how many. */
export const ACTIVITY: Signal = {
  id: 'Activity',
  title: 'Unusual or manual activity',
  threshold: 300,
  period: 300,
  severity: 'medium',
  steps: [
    'If it is not a deployment, ask the caller.',
    'If nobody knows about it: undo the change, deactivate the caller’s credentials.',
  ],
};

/** Every signal, the most urgent first. */
export const SIGNALS: readonly Signal[] = [ROOT_USER, ROOT_CREDENTIALS, SAFEGUARDS, ACTIVITY];
