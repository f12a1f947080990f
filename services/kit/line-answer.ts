import type { Framing } from './event-stream.ts';

/** Newline-delimited JSON (github.com/ndjson/ndjson-spec): one value a line. Some lines at a time: a write per line would be dear. */
export const asLines: Framing<readonly unknown[]> = {
  begin: '', heartbeat: () => '',
  textOf: (some) => some.map((one) => `${JSON.stringify(one)}\n`).join(''),
};

export const lineHeaders = { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store, no-transform', 'x-accel-buffering': 'no', connection: 'close' } as const;
