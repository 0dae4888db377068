import type { DocumentedDetection } from './detection';
import { allOf, anyOf, ROOT_IS_IN } from './patterns';
import { ROOT_USER } from './signals';

/**
 * Any event of the break-glass users but a failed sign-in: anyone who knows a name could keep the alarm in
 * ALARM with it, and hide a use of root. It is not in the list of detections, because its pattern has the
 * names of the configuration. It adds to the signal of root, whose alarm is
 * critical.
 *
 * @param names IAM user names
 */
export function breakGlassUsed(names: readonly string[]): DocumentedDetection {
  return {
    id: 'BreakGlassUsed',
    signal: ROOT_USER,
    // More than RootUsed: a message takes its title from the detection with the highest weight.
    weight: 3,
    controls: [],
    pattern: `{${allOf(anyOf(...names.map((name) => `$.userIdentity.userName="${name}"`)), ...ROOT_IS_IN)}}`,
    why: 'Somebody uses a sealed user that is meant for emergencies.',
    noise: 'Drills, which your team should announce.',
    firstMinutes: [
      'Ask your team who opened the envelope, and why.',
      'If nobody did, start containment immediately.',
    ],
    containment: [
      'Attach the policy AWSDenyAll to the user.',
      'Change its password, replace its MFA device, and seal both again.',
    ],
  };
}
