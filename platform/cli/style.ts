import type { Style } from './command.ts';

const plain = (text: string) => text;
const coloured = (open: number, close: number) => (text: string) => `\u001B[${open}m${text}\u001B[${close}m`;

/** No colour where it would end in a file or a pipe, or where the person asked for none (no-color.org: any value that is not empty). */
export function styleFor(terminal: boolean, env: Readonly<Record<string, string | undefined>>): Style {
  const wanted = terminal && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb';
  if (!wanted) return { bold: plain, dim: plain, good: plain, bad: plain, warn: plain };
  return { bold: coloured(1, 22), dim: coloured(2, 22), good: coloured(32, 39), bad: coloured(31, 39), warn: coloured(33, 39) };
}

/** C0, DEL, C1 and the marks that turn the direction of writing. Built from numbers: the characters themselves would not be seen here. */
const UNSAFE = new RegExp(`[${[[0, 8], [10, 31], [127, 159], [0x20_2A, 0x20_2E], [0x20_66, 0x20_69]].map((r) => r.map((c) => `\\u{${c.toString(16)}}`).join('-')).join('')}]`, 'gu');

/** Text that somebody else wrote, safe to show on a terminal: control characters become visible escapes; a tab stays. */
export function visible(text: string): string {
  return text.replaceAll(UNSAFE, (c) => `\\u${(c.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`);
}
