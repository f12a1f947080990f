import { visible } from '../style.ts';

/** One cell: text of any origin, and how it is painted on a terminal. */
export interface Cell { readonly text: string; readonly paint?: (text: string) => string }
export type Row = readonly (Cell | string)[];

const GAP = '  ';

/** Rows whose columns stand below each other. The last column of a row may be as long as it is; nothing in it steers a terminal. */
export function aligned(rows: readonly Row[], indent = ''): string[] {
  const cells = rows.map((row) => row.map((cell) => (typeof cell === 'string' ? { text: oneLine(cell) } : { ...cell, text: oneLine(cell.text) })));
  const wide = (column: number) => Math.max(0, ...cells.map((row) => (column < row.length - 1 ? lengthOf(row[column]?.text ?? '') : 0)));
  const widths = Array.from({ length: Math.max(0, ...cells.map((row) => row.length)) }, (_, column) => wide(column));
  return cells.map((row) => {
    const last = row.findLastIndex(({ text }) => text !== '');
    return indent + row.slice(0, last + 1).map(({ text, paint = same }, column) => paint(text) + (column === last ? '' : ' '.repeat((widths[column] ?? 0) - lengthOf(text)))).join(GAP);
  });
}

/** Text of somebody else's on one line. */
export const oneLine = (text: string): string => visible(text.replaceAll(/[\r\n\t]+/g, ' '));

const same = (text: string): string => text;
/** Characters, not UTF-16 units. */
const lengthOf = (text: string): number => Array.from(text).length;
