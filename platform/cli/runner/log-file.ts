import { closeSync, copyFileSync, existsSync, fstatSync, mkdirSync, openSync, readSync, statSync, truncateSync } from 'node:fs';
import { dirname } from 'node:path';

/** A log may grow to this many bytes before it is moved to `<name>.log.1`, which replaces the one before. */
const MAX_BYTES = 8 * 1_048_576;

/** Opens a log for a child to append to. The child writes by itself: lines survive the runner. Close it after the spawn. */
export function openLog(path: string): number {
  mkdirSync(dirname(path), { recursive: true });
  return openSync(path, 'a', 0o600);
}

/** Copies and empties a log that is too long: the writer keeps its open file, which appends (O_APPEND) wherever the end is. */
export function rotate(path: string, maxBytes = MAX_BYTES): boolean {
  if (!existsSync(path) || statSync(path).size <= maxBytes) return false;
  copyFileSync(path, `${path}.1`);
  truncateSync(path, 0);
  return true;
}

/** The last lines of a log, oldest first; reads at most `bytes` from its end. */
export function tail(path: string, count: number, bytes = 262_144): string[] {
  const start = Math.max(0, sizeOf(path) - bytes);
  const { lines } = linesFrom(path, start);
  // The first of them may be the end of one that began before.
  return count === 0 ? [] : (start === 0 ? lines : lines.slice(1)).slice(-count);
}

/** The whole lines after an offset in bytes, and where the next read has to start. A log that was emptied starts at 0 again. */
export function linesFrom(path: string, offset: number, bytes = 4 * 1_048_576): { readonly lines: string[]; readonly next: number } {
  if (!existsSync(path)) return { lines: [], next: 0 };
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    const start = offset > size ? 0 : offset;
    const buffer = Buffer.alloc(Math.min(size - start, bytes));
    const length = readSync(file, buffer, 0, buffer.length, start);
    const end = buffer.subarray(0, length).lastIndexOf(10) + 1;
    // A line longer than a whole reading: its beginning is given up, or nothing would ever be read again.
    if (end === 0 && length === bytes) return { lines: [], next: start + length };
    return { lines: buffer.subarray(0, end).toString('utf8').split('\n').filter((line) => line !== ''), next: start + end };
  } finally {
    closeSync(file);
  }
}

export function sizeOf(path: string): number {
  return existsSync(path) ? statSync(path).size : 0;
}
