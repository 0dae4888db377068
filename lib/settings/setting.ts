import type { AccessAnalyzer } from '@aws-sdk/client-accessanalyzer';
import type { Account } from '@aws-sdk/client-account';
import type { EC2 } from '@aws-sdk/client-ec2';
import type { IAM } from '@aws-sdk/client-iam';
import type { S3Control } from '@aws-sdk/client-s3-control';

/** Value of a setting, as JSON; null if nothing is configured. */
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
  /** Empty for an account-wide setting. */
  readonly region: string;
  readonly accountId: string;
  /** Reports something that is not changed, and why. An output of the stack lists it. */
  readonly skip: (what: string) => void;
}

/** Actions that a setting needs. */
export interface Permission {
  /** What the permission is for, in letters and digits. */
  readonly sid: string;
  readonly actions: readonly string[];
  /**
   * Service, Region and path of each resource; all are of this account.
   * @default - the actions have no resource-level permissions
   */
  readonly resources?: readonly {
    readonly service: string;
    readonly region: string;
    readonly path: string;
  }[];
  /**
   * Conditions, by operator and key.
   * @default - none
   */
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/**
 * A setting that CloudFormation has no resource type for. Synthesis also imports it, for its name, so it
 * imports only types of the SDK and receives its clients as arguments.
 */
export interface Setting<V extends Value = Value, C = Clients> {
  /** Name of the resource type, without `Custom::`. */
  readonly name: string;
  /** Whether the setting applies to the account or to each Region. */
  readonly scope: 'account' | 'Region';
  /**
   * Value that reads can return for minutes after a change. If it is the desired value, it is written even if
   * a read returns it.
   */
  readonly staleValue?: V;
  /**
   * Reads the value; undefined if a policy of the organization manages it, so the account cannot change it.
   */
  read(clients: C, place: Place): Promise<V | undefined>;
  /**
   * Sets the value. Returns it if it is known to be set, even if reads do not show it yet. Any other result
   * is ignored, and the value is read back.
   */
  write(clients: C, value: V, place: Place, now: V): Promise<unknown>;
  /**
   * Returns the desired value. It is never weaker than the previous value, nor than a value that someone else
   * set in the meantime.
   *
   * @param now current value
   * @param previous value before the baseline set it
   * @param asked value that the resource requests; null for a switch
   * @param set value that was set last; undefined if there was none
   * @default - the value that the resource requests
   */
  desired?(now: V, previous: V, asked: Value, set?: Value): Value;
}

/**
 * Exports of a setting's file. The function needs only `setting`; synthesis reads the others, and esbuild
 * removes them from the function.
 */
export interface SettingModule {
  readonly setting: Setting<Value, never>;
  /**
   * Its switch in `accountSettings`: name, documentation and default.
   * @default - the setting has a value instead of a switch
   */
  readonly option?: Readonly<Record<string, boolean>>;
  /** Permissions to read, set and restore it. */
  readonly permissions: readonly Permission[];
  /**
   * CloudTrail events that change it, for the detection AccountSettingsChanged; `*` stands for any
   * characters.
   * @default - other detections cover it
   */
  readonly changedBy?: readonly string[];
  /**
   * Calls that weaken it, which an organization can deny; none if it is a resource, which is protected by its
   * name. Calls that can only strengthen it stay free, because other tools make them, too.
   * @default - members of an organization do not have the setting
   */
  readonly weakenedBy?: readonly string[];
  /**
   * Whether the setting is not changed where it is in use or managed by an organization. The attribute
   * LeftAlone then says where.
   * @default false
   */
  readonly mayBeLeftAlone?: boolean;
  /**
   * Whether stacks in several Regions may set it, because nothing is restored.
   * @default false
   */
  readonly mayRepeat?: boolean;
  /** Path of the file. */
  readonly file: string;
}

/** A setting that is on or off. */
export type Switch = SettingModule & Required<Pick<SettingModule, 'option'>>;

/** A switch that members of an organization have, too. */
export type MemberSwitch = Switch & Required<Pick<SettingModule, 'weakenedBy'>>;

/** Reason for not changing a setting that a policy of the organization manages. */
export const MANAGED = 'managed by a policy of the organization';

/** Most characters of an output that says what was not changed. All outputs have 4,096 bytes. */
export const LONGEST_OUTPUT = 2000;

/**
 * Whether a declarative policy manages the setting.
 *
 * @param managedBy `ManagedBy` of the EC2 response
 */
export function isManaged(managedBy: string | undefined): boolean {
  return managedBy === 'declarative-policy';
}

/** The response of a call; null if it fails with this error, which means that nothing is configured. */
export async function orNull<T>(errorName: string, call: () => Promise<T>): Promise<T | null> {
  try {
    return await call();
  } catch (error) {
    if (isNamed(error, errorName)) return null;
    throw error;
  }
}

/** Whether it is an error with this name. */
export function isNamed(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name;
}
