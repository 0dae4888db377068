import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { instance } from '@viz-js/viz';

/** Readable on light and dark pages: the boxes have a background of their own. */
const STYLE = {
  graphAttributes: { bgcolor: 'transparent', nodesep: 0.25, ranksep: 0.45 },
  nodeAttributes: {
    shape: 'box',
    style: 'filled,rounded',
    fillcolor: '#f6f8fa',
    color: '#6e7781',
    fontname: 'Helvetica',
    fontsize: 11,
    margin: '0.14,0.08',
  },
  edgeAttributes: {
    color: '#848d97',
    fontcolor: '#848d97',
    fontname: 'Helvetica',
    fontsize: 10,
    arrowsize: 0.7,
  },
};

/** Renders a graph of this folder as SVG. */
const picture = (name: string) => async (): Promise<string> => {
  const viz = await instance();
  return viz.renderString(readFileSync(join(__dirname, `${name}.dot`), 'utf8'), { format: 'svg', ...STYLE });
};

/** Pictures of the documents, and the functions that render them. */
export const PICTURES = {
  'docs/pictures/evaluation.svg': picture('evaluation'),
  'docs/pictures/message.svg': picture('message'),
  'docs/pictures/stacks.svg': picture('stacks'),
} as const;
