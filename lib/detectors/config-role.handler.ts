import { IAM } from '@aws-sdk/client-iam';
import { CLIENT } from '../settings/client-options';
import type { Clients, Setting, Value } from '../settings/setting';
import { settings } from '../settings/setting-provider';

const iam = new IAM(CLIENT);

/** Handles the settings of IAM. */
export const serve = (all: readonly Setting<Value, Pick<Clients, 'iam'>>[]) => settings(all, () => ({ iam }));
