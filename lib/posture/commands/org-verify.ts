import type { BaselineConfig } from '../../config/config';
import { readCaller } from '../collect/account';
import { readMembers } from '../organization/members';
import { renderOrganization } from '../organization/render-organization';
import { RunFile } from '../organization/run-file';
import { type OrganizationPosture, verifyOrganization } from '../organization/verify-organization';
import { renderPosture } from '../render-posture';
import { renderOrganizationAs } from '../report/organization';
import { EXIT, UsageError } from './exit-code';
import type { Options } from './options';
import { outputOf } from './output';
import { reading } from './reading';

/** Default file for the HTML report, which is not printed to the terminal. */
const PAGE = 'organization-report.html';
/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
const NOT_AS_ROOT =
  'org verify assumes a role in each account, which AWS does not allow root: sign in as an administrator with MFA, or with a role';

/** Checks the members of the organization, and prints a table of accounts, or a report. */
export async function orgVerifyCommand(options: Options, config: BaselineConfig): Promise<number> {
  const posture = await organizationPosture(options, config);
  const { format = options.json === true ? 'json' : undefined } = options;
  const file = options.output ?? (format === 'html' ? PAGE : undefined);
  const output = outputOf({ ...options, output: file });
  output.print(
    format === undefined ? asText(posture, options, output) : renderOrganizationAs(posture, format),
  );
  if (format === 'html') console.error(`Written to ${file ?? PAGE}`);
  return exitCodeOf(posture);
}

/** An account that could not be read outweighs a failure: nobody knows what it hides. */
function exitCodeOf({ accounts }: OrganizationPosture): number {
  if (accounts.some(({ unreadable }) => unreadable !== undefined)) return EXIT.unreadable;
  return accounts.some(({ findings }) => findings.some(({ status }) => status === 'fail'))
    ? EXIT.failed
    : EXIT.ok;
}

/** A single account is shown with its findings. */
function asText(
  posture: OrganizationPosture,
  { account }: Options,
  output: ReturnType<typeof outputOf>,
): string {
  const [only, ...others] = posture.accounts;
  return account && only && others.length === 0 && only.unreadable === undefined
    ? renderPosture(only, output)
    : renderOrganization(posture, output);
}

function organizationPosture(options: Options, config: BaselineConfig): Promise<OrganizationPosture> {
  return reading(options, config, async (clients, say, onCall) => {
    const caller = await readCaller(clients);
    if (caller.arn.endsWith(':root')) throw new UsageError(NOT_AS_ROOT);
    say('Listing the accounts');
    const members = await readMembers(clients, config, { accounts: options.account, unit: options.ou });
    const file = new RunFile(members.organization, config, options.resume === true);
    let progress = '';
    const stop = onInterrupt(() => progress);
    try {
      const posture = await verifyOrganization(members, {
        clients,
        caller,
        config,
        file,
        onCall,
        onProgress: (done, of) => {
          progress = `${done} of ${of} accounts`;
          say(`Read ${progress}`);
        },
      });
      file.remove();
      return posture;
    } finally {
      stop();
    }
  });
}

/** Says how to continue after Ctrl-C. What was read is already in the file. */
function onInterrupt(progress: () => string): () => void {
  const onSignal = (): void => {
    console.error(`\nInterrupted after ${progress()}. To read the others, repeat the command with --resume.`);
    process.exit(EXIT.stopped);
  };
  process.once('SIGINT', onSignal);
  return () => {
    process.off('SIGINT', onSignal);
  };
}
