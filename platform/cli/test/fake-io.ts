import type { Io, Progress } from '../command.ts';
import { styleFor } from '../style.ts';

/** An `Io` that keeps what it was told. */
export interface FakeIo extends Io {
  readonly out: string[];
  readonly values: unknown[];
  readonly told: string[];
}

export function fakeIo(options: { readonly root?: string; readonly json?: boolean; readonly verbose?: boolean; readonly signal?: AbortSignal } = {}): FakeIo {
  const out: string[] = [];
  const values: unknown[] = [];
  const told: string[] = [];
  const progress = (title: string): Progress => ({
    update: (text) => void told.push(`${title}: ${text}`),
    done: (text) => void told.push(`done ${text ?? title}`),
    fail: (text) => void told.push(`failed ${text ?? title}`),
  });
  return {
    root: options.root ?? '/nowhere', json: options.json ?? false, verbose: options.verbose ?? false, signal: options.signal ?? new AbortController().signal,
    print: (line) => void out.push(line), emit: (value) => void values.push(value), tell: (line) => void told.push(line), progress, style: styleFor(false, {}),
    out, values, told,
  };
}
