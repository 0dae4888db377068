import { AlarmTiming } from '../../scripts/docs/noise/alarm-timing';
import { noiseOf } from '../../scripts/docs/noise/noise';
import { deployedAlarms, deployedFilters } from './deployed-filters';

// A detection that notifies in an ordinary week is tuned, or its line is added here on purpose.
const NOTIFICATIONS: Readonly<Record<string, number>> = {
  // Bob signs in for the first time, and sets up his device.
  SignInWithoutMfa: 1,
  // Bob's device.
  FirstMfaDeviceAdded: 1,
  // The new phone of Alice.
  MfaDeviceAdded: 1,
  // Two changes in the console, three by Terraform, and a preview that the CDK's own function empties.
  ChangedByHand: 6,
  BaselineDeployed: 1,
};

const { noise, attempts } = noiseOf(new AlarmTiming(deployedFilters(), deployedAlarms()));

test('nothing critical or high notifies in an ordinary week', () => {
  const urgent = noise.filter(
    ({ severity, messages }) => messages > 0 && ['critical', 'high'].includes(severity),
  );
  expect(urgent.map(({ detection }) => detection.id)).toEqual([]);
});

test('each notification of the week is expected', () => {
  const sent = noise.filter(({ messages }) => messages > 0);
  expect(Object.fromEntries(sent.map(({ detection, messages }) => [detection.id, messages]))).toEqual(
    NOTIFICATIONS,
  );
});

test('the week has what the detections count below their thresholds', () => {
  const counting = noise.filter(({ records }) => records.length > 0).map(({ detection }) => detection.id);
  expect(counting).toEqual(
    expect.arrayContaining(['SignInFailed', 'CallDenied', 'IamPolicyChanged', 'SecurityGroupChanged']),
  );
});

test('no five minutes of the week come near to what triggers the alarm of attempts', () => {
  expect(attempts).toBeGreaterThan(0.1);
  expect(attempts).toBeLessThan(0.75);
});
