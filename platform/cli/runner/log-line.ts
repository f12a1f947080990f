import type { Style } from '../command.ts';
import { visible } from '../style.ts';
import { messageOf, parsed } from './last-words.ts';

/** One line of a log, read. */
export interface Entry {
  readonly service: string;
  /** Unix time in milliseconds; 0 for a line that carries none. */
  readonly at: number;
  readonly level: string;
  readonly message: string;
  readonly traceId?: string;
  /** The line as JSON: as it was written, or wrapped when it was plain text. */
  readonly json: string;
}

/** What a process wrote: JSON as the kit makes it, or anything else (PostgreSQL, a crash before the logger). */
export function entryOf(service: string, line: string): Entry {
  const value = parsed(line);
  if (!value) return { service, at: 0, level: '', message: line, json: JSON.stringify({ 'service.name': service, msg: line }) };
  const trace = value['trace_id'];
  return {
    service, at: timeOf(value['time']), level: levelOf(value['level']), message: messageOf(line), json: JSON.stringify(value),
    ...(typeof trace === 'string' ? { traceId: trace } : {}),
  };
}

/** `12:00:01.234 gateway  info  listening  4bf92f35…`, safe to show whatever the message holds. */
export function pretty(entry: Entry, style: Style, wide: number): string {
  const time = entry.at === 0 ? ' '.repeat(12) : new Date(entry.at).toISOString().slice(11, 23);
  const colour = ['error', 'fatal'].includes(entry.level) ? style.bad : entry.level === 'warn' ? style.warn : (text: string) => text;
  const trace = entry.traceId === undefined ? '' : `  ${style.dim(visible(entry.traceId))}`;
  return `${style.dim(time)} ${style.bold(entry.service.padEnd(wide))} ${colour(visible(entry.level).padEnd(5))} ${visible(entry.message)}${trace}`;
}

function timeOf(time: unknown): number {
  const at = typeof time === 'number' ? time : typeof time === 'string' ? Date.parse(time) : 0;
  // Outside of what a Date can show: no time at all.
  return Number.isFinite(at) && Math.abs(at) < 8.64e15 ? at : 0;
}

/** pino writes numbers or, as configured, labels. */
function levelOf(level: unknown): string {
  const names: Readonly<Record<string, string>> = { 10: 'trace', 20: 'debug', 30: 'info', 40: 'warn', 50: 'error', 60: 'fatal' };
  if (typeof level === 'number') return names[level] ?? String(level);
  return typeof level === 'string' ? level.toLowerCase() : '';
}
