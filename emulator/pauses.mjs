// Loaded by every function of the emulated account. Shortens the pauses between retries from half a minute to
// half a second in total.
import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers/promises';

const { setTimeout } = timers;

timers.setTimeout = (milliseconds, ...rest) => setTimeout(milliseconds / 60, ...rest);
syncBuiltinESMExports();
