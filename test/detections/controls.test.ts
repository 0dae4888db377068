import { DETECTIONS } from '../../lib/detections/rules';
import { eachOf } from '../each-of';

/** The detections that meet each control, for reports and runbooks. */
const BY_CONTROL: readonly (readonly [control: string, detections: string])[] = [
  ['CIS 7.0 5.1', 'SensitiveCallDenied CallDenied'],
  ['CIS 7.0 5.2', 'SignInWithoutMfa'],
  ['CIS 7.0 5.3', 'RootUsed RootUsedDirectly RootUseAttempted'],
  ['CIS 7.0 5.4', 'IamPolicyChanged'],
  ['CIS 7.0 5.5', 'TrailChanged TrailChangeAttempted'],
  ['CIS 7.0 5.6', 'SignInFailed'],
  ['CIS 7.0 5.7', 'KeyDisabled KeyDisableAttempted'],
  ['CIS 7.0 5.8', 'BucketPolicyChanged'],
  ['CIS 7.0 5.9', 'ConfigChanged ConfigChangeAttempted'],
  ['CIS 7.0 5.10', 'SecurityGroupChanged'],
  ['CIS 7.0 5.11', 'NetworkAclChanged'],
  ['CIS 7.0 5.12', 'GatewayChanged'],
  ['CIS 7.0 5.13', 'RouteChanged'],
  ['CIS 7.0 5.14', 'VpcChanged'],
  ['CIS 7.0 5.15', 'OrganizationChanged'],
  ['Security Hub CloudWatch.1', 'RootUseAttempted'],
  ['Security Hub CloudWatch.2', 'CallDenied'],
  ['Security Hub CloudWatch.3', 'SignInWithoutMfa'],
  ['Security Hub CloudWatch.4', 'IamPolicyChanged'],
  ['Security Hub CloudWatch.5', 'TrailChangeAttempted'],
  ['Security Hub CloudWatch.6', 'SignInFailed'],
  ['Security Hub CloudWatch.7', 'KeyDisableAttempted'],
  ['Security Hub CloudWatch.8', 'BucketPolicyChanged'],
  ['Security Hub CloudWatch.9', 'ConfigChangeAttempted'],
  ['Security Hub CloudWatch.10', 'SecurityGroupChanged'],
  ['Security Hub CloudWatch.11', 'NetworkAclChanged'],
  ['Security Hub CloudWatch.12', 'GatewayChanged'],
  ['Security Hub CloudWatch.13', 'RouteChanged'],
  ['Security Hub CloudWatch.14', 'VpcChanged'],
];

eachOf(BY_CONTROL, ([control]) => control)(
  'each control is met by its detections',
  ([control, detections]) => {
    const claiming = DETECTIONS.filter(({ controls }) => controls.includes(control)).map(({ id }) => id);
    expect(claiming.sort()).toEqual(detections.split(' ').sort());
  },
);

test('the detections meet no other control', () => {
  const known = BY_CONTROL.map(([control]) => control);
  expect(DETECTIONS.flatMap(({ controls }) => controls).filter((one) => !known.includes(one))).toEqual([]);
});
