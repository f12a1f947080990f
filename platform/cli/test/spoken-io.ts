import type { Io, Progress } from '../command.ts';

/** An `Io` that remembers what was said. */
export interface SpokenIo extends Io {
  readonly printed: string[];
  readonly emitted: unknown[];
  readonly told: string[];
}

export function spokenIo(root: string, options: { readonly json?: boolean; readonly signal?: AbortSignal } = {}): SpokenIo {
  const [printed, emitted, told]: [string[], unknown[], string[]] = [[], [], []];
  const plain = (text: string) => text;
  const progress = (title: string): Progress => {
    told.push(title);
    return { update: (text) => void told.push(text), done: () => void told.push('done'), fail: () => void told.push('failed') };
  };
  return {
    root, json: options.json ?? false, verbose: false, signal: options.signal ?? new AbortController().signal, printed, emitted, told,
    print: (line) => void printed.push(line), emit: (value) => void emitted.push(value), tell: (line) => void told.push(line),
    progress, style: { bold: plain, dim: plain, good: plain, bad: plain, warn: plain },
  };
}
