import { judge } from '../silencing';
import { silencingCalls } from '../silencing/calls';
import { ACCOUNT, type DeployedAccount } from '../silencing/deployed';
import { ADMIN, type Caller, recordOf } from '../silencing/record';
import type { Happening, Report } from '../silencing/ways';
import { type Proven, test } from './tests';
import type { Outcome, Threat } from './threat';

/** A role of a workload, as CloudTrail records its calls. */
export const WORKLOAD: Caller = {
  type: 'AssumedRole',
  principalId: 'AROA0123456789EXAMPLE:orders',
  arn: `arn:aws:sts::${ACCOUNT}:assumed-role/orders/orders`,
  accountId: ACCOUNT,
  accessKeyId: 'ASIA0123456789EXAMPLE',
  sessionContext: {
    sessionIssuer: {
      type: 'Role',
      principalId: 'AROA0123456789EXAMPLE',
      arn: `arn:aws:iam::${ACCOUNT}:role/orders`,
      accountId: ACCOUNT,
      userName: 'orders',
    },
    attributes: { creationDate: '2026-11-24T08:00:00Z', mfaAuthenticated: 'false' },
  },
};

/** An administrator whose session has no MFA. */
export const WITHOUT_MFA: Caller = {
  ...ADMIN,
  sessionContext: { attributes: { creationDate: '2026-11-24T08:00:00Z', mfaAuthenticated: 'false' } },
};

/** A caller for whom CloudFormation acts. */
export const byStack = (caller: Caller): Caller => ({ ...caller, invokedBy: 'cloudformation.amazonaws.com' });

/** A call that succeeds, unless `error` says how it is denied. */
export interface Call {
  /** As in the source of the event. */
  readonly service: string;
  readonly name: string;
  readonly by: Caller;
  /** @default {} */
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** @default - it succeeds */
  readonly error?: string;
  /** @default - the home Region */
  readonly region?: string;
}

const GLOBAL = ['iam', 'account', 'budgets', 'sso', 'notifications', 'organizations'];

/** Judges calls with the filters and event rules of an account. */
export class Calls {
  private readonly known: ReadonlyMap<
    string,
    { readonly happening: Happening; readonly verify: readonly string[] }
  >;

  constructor(readonly account: DeployedAccount) {
    const calls = silencingCalls(account).flatMap((group) => group.calls);
    this.known = new Map(calls.map((one) => [one.title, one]));
  }

  /** The physical name of a resource. */
  ref(id: string): string {
    return this.account.get(id).ref;
  }

  /** An attack by a call that filters or rules report. */
  seen(attack: string, call: Call): Threat {
    return this.threat('seen', attack, this.happeningOf(call), (ways) => ways);
  }

  /** An attack by a call that nobody is notified of within minutes. */
  silent(attack: string, call: Call, because: string): Threat {
    return this.threat('silent', attack, this.happeningOf(call), () => because);
  }

  /** An attack by a call of the table of what silences the alarms, by its title there. */
  seenInTable(attack: string, title: string, by?: Caller): Threat {
    const { happening, shownBy } = this.ofTable(title, by);
    return this.threat('seen', attack, happening, (ways) => ways, shownBy);
  }

  /** The same, of a call that nobody is notified of within minutes. */
  silentInTable(attack: string, title: string, because: string, by?: Caller): Threat {
    const { happening, shownBy } = this.ofTable(title, by);
    return this.threat('silent', attack, happening, () => because, shownBy);
  }

  private ofTable(title: string, by: Caller | undefined) {
    const found = this.known.get(title);
    if (!found) throw new Error(`docs/silencing.md has no call ${title}`);
    const { happening, verify } = found;
    const { record } = happening;
    const invokedBy = (record.userIdentity as Caller)['invokedBy'];
    const userIdentity = by && { ...by, ...(invokedBy === undefined ? {} : { invokedBy }) };
    return {
      happening: userIdentity ? { ...happening, record: { ...record, userIdentity } } : happening,
      shownBy: verify.length > 0 ? [test('watchdog/silencing', 'verify finds what the table says')] : [],
    };
  }

  private threat(
    outcome: Outcome,
    attack: string,
    happening: Happening,
    how: (ways: string) => string,
    more: readonly Proven[] = [],
  ): Threat {
    const { alarm, rule, notice } = judge(this.account, { title: attack, happening, verify: [] });
    const ways = [named('alarm', alarm), named('rule', rule), named('RootNotice', notice)].flat().join('; ');
    return {
      attack,
      outcome,
      how: how(ways),
      shownBy: more,
      happening,
    };
  }

  private happeningOf({ service, name, by, parameters = {}, error, region }: Call): Happening {
    const where = region ?? (GLOBAL.includes(service) ? 'us-east-1' : this.account.region);
    const record = recordOf(service, name, by, parameters, where);
    return { record: error === undefined ? record : { ...record, errorCode: error } };
  }
}

function named(way: string, report: Report): string[] {
  return report.outcome === 'told' ? [`${way} ${report.by.join(', ')}`] : [];
}
