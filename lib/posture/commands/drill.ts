import { BREAK_GLASS, BREAK_GLASS_DRILL } from '../../access/break-glass';
import type { BaselineConfig } from '../../config/config';
import { day } from '../checks/check';
import { readCaller } from '../collect/account';
import { confirm } from '../confirmations';
import { asJson } from '../json';
import { EXIT, UsageError } from './exit-code';
import type { Options } from './options';
import { outputOf } from './output';
import { reading } from './reading';

/** Prints the steps of a drill with the break-glass users, or records it with `--done`. */
export async function drillCommand(options: Options, config: BaselineConfig): Promise<number> {
  const { breakGlass } = config.access;
  if (!breakGlass)
    throw new UsageError('access.breakGlass: is missing; a drill needs the names of two users');
  const { account } = await reading(options, config, readCaller);
  const output = outputOf(options);
  if (options.done !== true) {
    output.print(handOver(account, breakGlass));
    return EXIT.ok;
  }
  const file = confirm(options.config, account, BREAK_GLASS_DRILL, day(new Date()));
  output.print(
    options.json === true
      ? asJson({ account, check: BREAK_GLASS_DRILL, file })
      : `Recorded in ${file}: a drill in account ${account} was done today. Commit the file.`,
  );
  return EXIT.ok;
}

/** The page to print and seal, with the steps of a drill. It contains no secret. */
function handOver(account: string, names: readonly string[]): string {
  return [
    `Break-glass users of the AWS account ${account}`,
    '',
    ...names.flatMap((name, index) => [
      `Envelope ${index + 1}: ${name}`,
      `  Sign in:      account ${account}, user ${name}`,
      '  Password:     ________________________________________  (write it by hand, in a pen that lasts)',
      '  MFA device:   a hardware key in this envelope; its PIN is with another person',
      '  Kept by:      ____________________   Sealed on: ____________________',
      '',
    ]),
    'Drill, once a year, for each user in turn:',
    '  1. Tell the recipients of the alarms that a drill begins.',
    '  2. Open the envelope, and sign in to the console with the password and the hardware key.',
    `  3. Check that you can see IAM > User groups > ${BREAK_GLASS}. Change nothing else.`,
    '  4. Wait for the critical alarm "Break glass used". If it has not arrived after 15 minutes, the alarms do not',
    '     work: run `npx aws-account-baseline verify`.',
    '  5. Change the password, sign out, and seal password and key in a new envelope.',
    '  6. Record the drill: `npx aws-account-baseline drill break-glass --done`',
  ].join('\n');
}
