import type { Io } from '../command.ts';

/** An Io that remembers what was said. */
export function heard(root: string, json = false) {
  const printed: string[] = [];
  const emitted: unknown[] = [];
  const told: string[] = [];
  const same = (text: string): string => text;
  const io: Io = {
    root, json, verbose: false, signal: new AbortController().signal, style: { bold: same, dim: same, good: same, bad: same, warn: same },
    print: (line) => void printed.push(line), emit: (value) => void emitted.push(value), tell: (line) => void told.push(line),
    progress: (title) => ({ update: (text) => void told.push(text), done: (text) => void told.push(text ?? title), fail: (text) => void told.push(text ?? title) }),
  };
  return { io, printed, emitted, told };
}
