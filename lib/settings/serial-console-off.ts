import { isManaged, type Setting, type Permission } from './setting';

/**
 * Blocks the serial console of all instances, in every Region.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configure-access-to-serial-console.html
 */
const serialConsoleOff: Setting<boolean> = {
  name: 'SerialConsoleOff',
  scope: 'Region',
  async read({ ec2 }) {
    const { ManagedBy, SerialConsoleAccessEnabled } = await ec2.getSerialConsoleAccessStatus({});
    return isManaged(ManagedBy) ? undefined : SerialConsoleAccessEnabled !== true;
  },
  write: ({ ec2 }, isOff) => (isOff ? ec2.disableSerialConsoleAccess({}) : ec2.enableSerialConsoleAccess({})),
  desired: () => true,
};

export const option = {
  /**
   * Blocks the serial console of all instances, in every Region.
   * @default true
   */
  serialConsoleOff: true,
} as const;

export const permissions: readonly Permission[] = [
  {
    sid: 'SerialConsoleOff',
    actions: [
      'ec2:DisableSerialConsoleAccess',
      'ec2:EnableSerialConsoleAccess',
      'ec2:GetSerialConsoleAccessStatus',
    ],
  },
];

export const changedBy: readonly string[] = ['*SerialConsoleAccess'];
export const weakenedBy: readonly string[] = ['ec2:EnableSerialConsoleAccess'];

export const mayBeLeftAlone = true;
export { serialConsoleOff as setting };
export const file = __filename;
