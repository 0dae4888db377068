import type { BaselineConfig } from '../../config/config';
import { regionOf, stackKindsOf, stackNameOf } from '../../stacks/stack-kinds';
import type { Clients } from '../clients';
import { readCaller } from '../collect/account';
import { collect } from '../collect/verify';
import { readConfirmations } from '../confirmations';
import { detectDrift } from '../detect-drift';
import type { Finding, Posture } from '../finding';
import { asJson } from '../json';
import { renderPosture } from '../render-posture';
import type { Snapshot } from '../snapshot';
import { testAlert } from '../test-alert';
import { verify } from '../verify';
import { EXIT } from './exit-code';
import type { Options } from './options';
import { outputOf, shownOf } from './output';
import { reading, READING } from './reading';
import { fails, selected } from './selection';

/** Checks that every part of the baseline is in place and works. */
export async function verifyCommand(options: Options, config: BaselineConfig): Promise<number> {
  const whole = await postureOf(options, config);
  const posture = { ...whole, findings: selected(options, whole.findings) };
  const output = outputOf(options);
  const isWrong = ({ status }: Finding) => fails(options, status);
  const findings = shownOf(options, posture.findings, isWrong);
  if (options.json === true) output.print(asJson(posture));
  else if (findings) output.print(renderPosture(whole, output, findings));
  return posture.findings.some(isWrong) ? EXIT.failed : EXIT.ok;
}

/** Reads the account and runs the checks. */
export async function postureOf(options: Options, config: BaselineConfig): Promise<Posture> {
  return reading(options, config, async (clients, say) => {
    const caller = await readCaller(clients);
    const confirmed = readConfirmations(options.config, caller.account);
    if (options.detectDrift === true) say('Waiting for drift detection');
    const drift = options.detectDrift === true ? await detectDriftOf(clients, config) : undefined;
    say(READING);
    const snapshot = await collect(clients, caller, config, confirmed, drift);
    const found = verify(snapshot, config);
    if (options.testAlert !== true) return found;
    say('Waiting for the function to run');
    return { ...found, findings: [...found.findings, await testAlert(clients, snapshot)] };
  });
}

/** Runs drift detection on all stacks of the configuration concurrently. */
async function detectDriftOf(clients: Clients, config: BaselineConfig): Promise<Snapshot['driftDetection']> {
  const detections = stackKindsOf(config).map(
    async (kind) =>
      [
        kind,
        await detectDrift(clients, stackNameOf(config.stackName, kind), {}, regionOf(kind, undefined)),
      ] as const,
  );
  return Object.fromEntries(await Promise.all(detections));
}
