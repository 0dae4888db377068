import type { Finding, Status } from '../finding';
import { worst } from './traced-controls';

interface Part {
  readonly id: string;
  /** Area of its findings; undefined for what is not part of the baseline. */
  readonly area?: Finding['area'];
  readonly name: string;
  readonly what: string;
  /** Column and row in the diagram, from 0. */
  readonly at: readonly [column: number, row: number];
}

/** The parts of the baseline and their place in the diagram. */
const PARTS: readonly Part[] = [
  { id: 'root', area: 'root', name: 'Root user', what: 'rarely used', at: [0, 0] },
  { id: 'people', area: 'people', name: 'Administrators', what: 'need MFA', at: [0, 1] },
  { id: 'password', area: 'password', name: 'Password policy', what: 'for their passwords', at: [0, 2] },
  { id: 'trail', area: 'trail', name: 'CloudTrail', what: 'all Regions', at: [1, 0] },
  { id: 'logs', area: 'trail', name: 'Log group', what: 'searchable events', at: [1, 1] },
  { id: 'settings', area: 'settings', name: 'Account settings', what: 'in every Region', at: [1, 2] },
  { id: 'bucket', area: 'trail', name: 'Log bucket', what: 'retained log files', at: [2, 0] },
  { id: 'alarms', area: 'alarms', name: 'Filters and alarms', what: 'watch the events', at: [2, 1] },
  { id: 'budget', area: 'billing', name: 'Budget', what: 'monthly', at: [2, 2] },
  { id: 'function', area: 'notifications', name: 'Function', what: 'explains the alarm', at: [3, 1] },
  { id: 'topic', area: 'notifications', name: 'Topic', what: 'notifies recipients', at: [4, 1] },
  { id: 'mailbox', name: 'Recipients', what: 'e-mail, HTTPS, chat', at: [4, 2] },
];

/** Arrows of the diagram. */
const FLOWS: readonly (readonly [from: string, to: string])[] = [
  ['root', 'trail'],
  ['people', 'trail'],
  ['password', 'people'],
  ['trail', 'bucket'],
  ['trail', 'logs'],
  ['logs', 'alarms'],
  ['alarms', 'function'],
  ['function', 'topic'],
  ['budget', 'topic'],
  ['topic', 'mailbox'],
];

/** Sizes in SVG units. */
const BOX = { width: 160, height: 64 };
const GAP = { width: 40, height: 52 };
const MARGIN = 12;

interface Box extends Part {
  readonly x: number;
  readonly y: number;
  /** Most urgent status of its area. */
  readonly status?: Status;
}

/** A diagram of the baseline with the status of each part. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly box: typeof BOX;
  readonly boxes: readonly Box[];
  /** SVG paths. */
  readonly arrows: readonly string[];
}

/** Draws the baseline with the status of each of its parts. */
export function architecture(findings: readonly Finding[]): Drawing {
  const boxes = PARTS.map((part): Box => {
    const [column, row] = part.at;
    return {
      ...part,
      x: MARGIN + column * (BOX.width + GAP.width),
      y: MARGIN + row * (BOX.height + GAP.height),
      status: worst(findings.filter(({ area }) => area === part.area)),
    };
  });
  const byId = new Map(boxes.map((box) => [box.id, box]));
  return {
    width: Math.max(...boxes.map(({ x }) => x)) + BOX.width + MARGIN,
    height: Math.max(...boxes.map(({ y }) => y)) + BOX.height + MARGIN,
    box: BOX,
    boxes,
    arrows: FLOWS.flatMap(([from, to]) => {
      const [start, end] = [byId.get(from), byId.get(to)];
      return start && end ? [arrow(start, end)] : [];
    }),
  };
}

/** Horizontal within a row, vertical within a column, and otherwise with a corner in the gap. */
function arrow(from: Box, to: Box): string {
  const right = from.x + BOX.width;
  const middle = (box: Box) => ({ x: box.x + BOX.width / 2, y: box.y + BOX.height / 2 });
  if (from.x === to.x) {
    const down = from.y < to.y;
    return `M${middle(from).x} ${from.y + (down ? BOX.height : 0)}V${to.y + (down ? 0 : BOX.height)}`;
  }
  if (from.y === to.y) return `M${right} ${middle(from).y}H${to.x}`;
  return `M${right} ${middle(from).y}H${to.x - GAP.width / 2}V${middle(to).y}H${to.x}`;
}
