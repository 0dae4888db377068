import { EC2 } from '@aws-sdk/client-ec2';
import { clientOf } from './client-options';
import { enabledRegions } from './enabled-regions';
import type { Clients, Setting, Value } from './setting';
import { settings } from './setting-provider';

/** Serves settings for the networks that AWS creates in every Region of a new account. */
export const serve = (all: readonly Setting<Value, Pick<Clients, 'ec2'>>[]) =>
  settings(all, (region) => ({ ec2: new EC2(clientOf(region)) }), enabledRegions);
