import type { AccessAnalyzer } from '@aws-sdk/client-accessanalyzer';
import type { Account } from '@aws-sdk/client-account';
import type { EC2 } from '@aws-sdk/client-ec2';
import type { IAM } from '@aws-sdk/client-iam';
import type { S3Control } from '@aws-sdk/client-s3-control';

/** What a setting is, as JSON; null where there is nothing. */
export type Value = string | number | boolean | null | readonly Value[] | { readonly [key: string]: Value };

/** Clients of one Region. */
export interface Clients {
  readonly accessAnalyzer: AccessAnalyzer;
  readonly account: Account;
  readonly ec2: EC2;
  readonly iam: IAM;
  readonly s3Control: S3Control;
}

/** Where a setting is read or written. */
export interface Place {
  /** Empty for a setting of the account. */
  readonly region: string;
  readonly accountId: string;
  /** Names something that is not changed, and why; an output of the stack lists it. */
  readonly skip: (what: string) => void;
}

/** Actions that a setting needs. */
export interface Permission {
  /** What the permission is for, in letters and digits. */
  readonly sid: string;
  readonly actions: readonly string[];
  /**
   * Service, Region and path of each resource; all are of this account.
   * @default - the actions know no resource
   */
  readonly resources?: readonly {
    readonly service: string;
    readonly region: string;
    readonly path: string;
  }[];
}

/**
 * A setting that CloudFormation has no resource type for, as the function serves it. Synthesis imports it
 * too, for its name: it gets its clients passed in and imports types of the SDK only.
 */
export interface Setting<V extends Value = Value, C = Clients> {
  /** Name of the resource type, without `Custom::`. */
  readonly name: string;
  /** Whether the account has one, or each of its Regions. */
  readonly scope: 'account' | 'Region';
  /** What may still be read minutes after a change: it is written even where it is read, if it is desired. */
  readonly staleValue?: V;
  /** What it is; undefined where an organization's policy manages it, and the account can't change it. */
  read(clients: C, place: Place): Promise<V | undefined>;
  /**
   * Sets it. To answer with the value says that it is set although reading may not show it yet; no other
   * answer is looked at.
   */
  write(clients: C, value: V, place: Place, now: V): Promise<unknown>;
  /**
   * What it shall be, never weaker than the previous value, nor than somebody made it since it was set.
   *
   * @param now what it is
   * @param previous what it was before anything set it
   * @param asked what the resource asks for; null for a switch
   * @param set what it was set to before; undefined where it was not
   * @default - what the resource asks for
   */
  desired?(now: V, previous: V, asked: Value, set?: Value): Value;
}

/**
 * A file of a setting: what the function needs of it, and what only synthesis reads and esbuild leaves out of
 * the function.
 */
export interface SettingModule {
  readonly setting: Setting<Value, never>;
  /**
   * Its switch in `accountSettings`: the name, with the documentation of the option, and the default.
   * @default - it is set by a value
   */
  readonly option?: Readonly<Record<string, boolean>>;
  /** What reading, setting and restoring it needs. */
  readonly permissions: readonly Permission[];
  /**
   * Events of CloudTrail that change it, which the detection AccountSettingsChanged counts; `*` is for any
   * characters.
   * @default - other detections notice
   */
  readonly changedBy?: readonly string[];
  /**
   * Whether it is not changed where it is in use or an organization manages it: the attribute LeftAlone then
   * names where.
   * @default false
   */
  readonly mayBeLeftAlone?: boolean;
  /** Path of the file. */
  readonly file: string;
}

/** A setting that is on or off. */
export type Switch = SettingModule & Required<Pick<SettingModule, 'option'>>;

/** Why a setting that a policy of an organization governs is left alone. */
export const MANAGED = 'managed by a policy of the organization';

/**
 * Whether a declarative policy governs it.
 *
 * @param managedBy what EC2 answers
 */
export function isManaged(managedBy: string | undefined): boolean {
  return managedBy === 'declarative-policy';
}

/** What a call answers; null where there is nothing, which AWS says by an error of this name. */
export async function orNull<T>(errorName: string, call: () => Promise<T>): Promise<T | null> {
  try {
    return await call();
  } catch (error) {
    if (isNamed(error, errorName)) return null;
    throw error;
  }
}

/** Whether it is an error of the SDK of this name. */
export function isNamed(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name;
}
