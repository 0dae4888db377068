import { isManaged, MANAGED, type Setting } from './setting';

export const serialConsoleOff = {
  name: 'SerialConsoleOff',
  scope: 'Region',
  option: {
    name: 'serialConsoleOff',
    doc: 'Nobody can open the serial console of an instance, in every Region.',
    default: true,
    see: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configure-access-to-serial-console.html',
  },
  permissions: [
    {
      sid: 'SerialConsoleOff',
      actions: [
        'ec2:DisableSerialConsoleAccess',
        'ec2:EnableSerialConsoleAccess',
        'ec2:GetSerialConsoleAccessStatus',
      ],
    },
  ],
  leftAlone: MANAGED,
  async read({ ec2 }) {
    const { ManagedBy, SerialConsoleAccessEnabled } = await ec2.getSerialConsoleAccessStatus({});
    return isManaged(ManagedBy) ? undefined : SerialConsoleAccessEnabled !== true;
  },
  write: ({ ec2 }, isOff) => (isOff ? ec2.disableSerialConsoleAccess({}) : ec2.enableSerialConsoleAccess({})),
  desired: () => true,
} as const satisfies Setting<boolean>;
