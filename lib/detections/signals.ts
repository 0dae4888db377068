import type { Signal } from './detection';

/**
 * One event triggers the alarm. Metric filters publish once a minute, so this is the shortest useful period:
 * the alarm returns to OK two minutes after the last event, and the next one sends a notification again.
 */
const FIRST_EVENT = { threshold: 1, period: 60 } as const;

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

/** Someone weakens what protects or watches the account. */
export const SAFEGUARDS: Signal = {
  id: 'Safeguards',
  title: 'Safeguard disabled or changed',
  ...FIRST_EVENT,
  severity: 'high',
  steps: [
    'Ask the caller whether it was planned.',
    'If it was not: deactivate the caller’s credentials, then undo the change.',
  ],
};

/** Someone with permissions in IAM creates a way into the account. */
export const ACCESS: Signal = {
  id: 'Access',
  title: 'New access path created',
  ...FIRST_EVENT,
  severity: 'high',
  steps: [
    'Ask the caller who the access is for.',
    'If nobody knows: deactivate the caller’s credentials, then remove the new access.',
  ],
};

/** Someone opens data or a resource to another account or to everyone. */
export const EXPOSURE: Signal = {
  id: 'Exposure',
  title: 'Resource opened to outsiders',
  ...FIRST_EVENT,
  severity: 'high',
  steps: [
    'Close it first: end the share, remove the permission or the rule.',
    'Ask the caller who needs it.',
    'If nobody knows: deactivate the caller’s credentials, and treat the data as stolen.',
  ],
};

/**
 * What people do with their own sign-in. It is apart from `ACCESS`, because a person without any permission
 * could otherwise keep that alarm in ALARM.
 */
export const SIGN_IN: Signal = {
  id: 'SignIn',
  title: 'Sign-in without MFA or new MFA device',
  ...FIRST_EVENT,
  severity: 'medium',
  steps: ['Ask the person named in the message.', 'If it was not them: stop the user.'],
};

/** Someone changes permissions, exposure or the baseline itself. */
export const ACTIVITY: Signal = {
  id: 'Activity',
  title: 'Manual change',
  ...FIRST_EVENT,
  severity: 'medium',
  steps: [
    'Ask the caller whether it was planned.',
    'If nobody knows about it: undo the change, deactivate the caller’s credentials.',
  ],
};

/**
 * Someone tries to get in as root, which needs only its e-mail address. The period is long, so that they
 * cannot send a notification every few minutes.
 */
export const ROOT_ATTEMPTS: Signal = {
  id: 'RootAttempts',
  title: 'Attempt to sign in as root',
  threshold: 1,
  period: 3600,
  severity: 'high',
  steps: [
    'Ask the holders of the root password whether it was them.',
    'If not: check that root has MFA and that its mailbox is safe.',
  ],
};

/**
 * What anyone can cause, the texts of the standards that count it, and reads of secrets. One event is normal,
 * many within five minutes are not. The weights of the detections define how many.
 */
export const ATTEMPTS: Signal = {
  id: 'Attempts',
  title: 'Many denied calls, failed sign-ins, changes or secrets read',
  threshold: 300,
  period: 300,
  severity: 'medium',
  steps: [
    'If it is not a deployment, ask the caller.',
    'If nobody knows the caller: deactivate the caller’s credentials.',
  ],
};

/** Every signal, the most urgent first. */
export const SIGNALS: readonly Signal[] = [
  ROOT_USER,
  ROOT_CREDENTIALS,
  SAFEGUARDS,
  ACCESS,
  EXPOSURE,
  ROOT_ATTEMPTS,
  SIGN_IN,
  ACTIVITY,
  ATTEMPTS,
];
