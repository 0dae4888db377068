import type { DeployedAccount } from '../silencing/deployed';
import { administrator } from './administrator';
import { Calls } from './calls';
import { CHANGES } from './changes';
import { OUTSIDE } from './outside';
import { people } from './people';
import { TEXTS } from './texts';
import { test } from './tests';
import type { Position } from './threat';
import { workload } from './workload';

/** Every position of an attacker, and what can be tried from it. */
export function positions(account: DeployedAccount): readonly Position[] {
  const calls = new Calls(account);
  const all = [...OUTSIDE, ...people(calls), administrator(calls), ...workload(calls), ...TEXTS, ...CHANGES];
  return all.map((position) => ({
    ...position,
    threats: position.threats.map((threat) =>
      threat.happening ? { ...threat, shownBy: [JUDGED, ...threat.shownBy] } : threat,
    ),
  }));
}

/** The test that judges the call of an attack. */
const JUDGED = test('threat-model', 'a call is reported or not, as the page says');
