import { visible } from '../style.ts';
import { tail } from './log-file.ts';

/** The last lines of a log as one short text: of JSON lines their message, of others the text. */
export function lastWords(path: string, count = 3): string {
  return tail(path, count).map((line) => visible(messageOf(line)).slice(0, 300)).join(' | ');
}

export function messageOf(line: string): string {
  const value = parsed(line);
  if (value === undefined) return line;
  const error = record(value['err']) ?? record(value['error']);
  const parts = [value['msg'] ?? value['message'], error?.['message']].filter((part) => typeof part === 'string');
  return parts.length > 0 ? parts.join(': ') : line;
}

/** A line of JSON that holds an object, as the services write them. */
export function parsed(line: string): Record<string, unknown> | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return record(JSON.parse(line));
  } catch {
    return undefined;
  }
}

function record(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value)) : undefined;
}
