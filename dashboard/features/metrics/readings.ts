import type uPlot from 'uplot';
import { metricTexts as said } from '../../ui/texts/metrics.ts';
import { formatRate, formatSeconds } from '../figures/figure-text.ts';
import type { Value } from './lines.ts';

export type Unit = '/s' | 's' | '';
const figures = new Intl.NumberFormat('en-GB', { maximumSignificantDigits: 4 });
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });

export function readingText(value: Value | undefined, unit: Unit): string {
  if (value === null || value === undefined) return '–';
  if (unit === 's') return formatSeconds(value);
  return unit === '/s' ? `${formatRate(value)} /s` : figures.format(value);
}

/** Unix seconds. `14:03:27` on the day of the latest value, `22 Nov 14:03:27` before. */
function timeOf(at: number, latest: number): string {
  const [then, last] = [at * 1000, latest * 1000];
  return day.format(then) === day.format(last) ? clock.format(then) : `${day.format(then)} ${clock.format(then)}`;
}

/**
 * Writes the latest values and those at the cursor into the cells of the table, and says the latter of the chart itself. Past
 * React: it happens at every move of a mouse, in every chart of the page.
 */
export function writeReadings(plot: uPlot, { box, table, unit }: { readonly box: HTMLElement; readonly table: HTMLTableElement; readonly unit: Unit }): void {
  const [at, ...lines] = plot.data;
  const last = at.length - 1;
  const here = plot.cursor.idx ?? undefined;
  const hereTime = timeAt(at, here);
  write(table.tHead?.rows[0]?.cells[1]?.lastElementChild, timeAt(at, last));
  write(table.tHead?.rows[0]?.cells[2]?.lastElementChild, hereTime);
  const heard = Array.from(table.tBodies[0]?.rows ?? [], (row, index) => {
    const text = here === undefined ? '–' : readingText(lines[index]?.[here], unit);
    write(row.cells[1], readingText(lines[index]?.[last], unit));
    write(row.cells[2], text);
    return `${row.cells[0]?.textContent ?? ''} ${text}`;
  });
  box.setAttribute('aria-valuemax', String(Math.max(0, last)));
  box.setAttribute('aria-valuenow', String(Math.max(0, here ?? last)));
  box.setAttribute('aria-valuetext', here === undefined ? said.noCursor : `${hereTime}: ${heard.join(', ')}`);
}

function timeAt(at: ArrayLike<number>, index = -1): string {
  const [time, latest] = [at[index], at[at.length - 1]];
  return time === undefined || latest === undefined ? '' : timeOf(time, latest);
}

function write(cell: Element | null | undefined, text: string): void {
  if (cell && cell.textContent !== text) cell.textContent = text;
}
