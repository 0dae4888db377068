import type { Posture } from '../finding';
import { csv } from './csv';
import type { Extras } from './extras';
import { html } from './html';
import { json } from './json';
import { ocsf } from './ocsf';
import { sarif } from './sarif';

export type { Cost, Extras } from './extras';

const RENDERERS = {
  html,
  json,
  csv: (posture: Posture) => csv(posture),
  sarif,
  ocsf: (posture: Posture) => ocsf(posture),
} as const;

export type Format = keyof typeof RENDERERS;

/** Formats of `render`. */
export const FORMATS = Object.keys(RENDERERS) as readonly Format[];

/**
 * Renders a posture.
 *
 * @param extras shown only in the HTML report
 */
export function render(posture: Posture, format: Format, extras: Extras = {}): string {
  return RENDERERS[format](posture, extras);
}
