import { NOTICE_REGION } from '../../root-notice/rules';
import { stackNameOf } from '../../stacks/stack-kinds';
import { removeCommand } from '../remedies';

/** Region of a stack of the suite, by its name. */
export function regionOfStack<T extends string | undefined>(name: string, prefix: string, home: T) {
  return name === stackNameOf(prefix, 'RootNotice') ? NOTICE_REGION : home;
}

/** Commands that delete stacks which the app no longer has; none for a stack whose Region is not known. */
export function removeCommands(
  names: readonly string[],
  prefix: string,
  home: string | undefined,
): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const region = regionOfStack(name, prefix, home);
      return region === undefined ? [] : [[name, removeCommand(name, region)]];
    }),
  );
}
