/** What a judge objects to. */
export interface Objection {
  readonly judge: string;
  readonly rule: string;
  /** What the rule asks for. */
  readonly title: string;
  /** Stack and logical ID, such as `Audit/Key`, or what else the judge looked at. */
  readonly resource: string;
}

/** What a judge said. */
export interface Verdict {
  readonly judge: string;
  readonly version: string;
  /** What it looked at, in words. */
  readonly seen: string;
  readonly objections: readonly Objection[];
}
