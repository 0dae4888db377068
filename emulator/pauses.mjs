// Loaded by every function of the emulated account, whose pauses between tries add up to half a minute: here, to half a second.
import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers/promises';

const { setTimeout } = timers;

timers.setTimeout = (milliseconds, ...rest) => setTimeout(milliseconds / 60, ...rest);
syncBuiltinESMExports();
