import type { Response } from 'express';

/** One server-sent event (HTML Living Standard, 9.2). */
export interface ServerEvent {
  /** What a client that comes back sends as `Last-Event-ID`. One line. */
  readonly id?: string;
  /** The event's type. One line. @default `message` */
  readonly event?: string;
  /** Travels as JSON, which is always one line. */
  readonly data: unknown;
}

/** How the stream stands: `signal` aborts when it must end, `abort` says that it must, and why. */
export interface Course {
  readonly signal: AbortSignal;
  abort(reason: Error): void;
}

export interface Pace {
  /** Between two signs of life, in milliseconds. */
  readonly heartbeatMs: number;
  /** A reader that takes nothing for so long is cut off. */
  readonly stalledMs: number;
}

/**
 * Never kept, never compressed on the way (a compressor waits for more), not held back by nginx; and a connection that
 * serves nobody afterwards, so that the end of a stream is seen at once.
 */
export const eventStreamHeaders = {
  'content-type': 'text/event-stream', 'cache-control': 'no-store, no-transform', 'x-accel-buffering': 'no', connection: 'close',
} as const;

/** When a client comes back after a stream has ended. */
const RETRY_MS = 2000;

/** How the parts of an endless answer are written. */
export interface Framing<T> {
  readonly begin: string;
  /** Written again and again, each time after so many milliseconds; nothing when it is empty. */
  heartbeat(everyMs: number): string;
  textOf(one: T): string;
}
/**
 * A beat is an event, since a page is not told of comments: it says when the next comes, and a reader that misses some knows that the
 * network has gone silent. It has no id, so that whoever comes back goes on after the last event.
 */
const asEvents: Framing<ServerEvent> = { begin: `retry: ${RETRY_MS}\n\n`, heartbeat: (everyMs) => `event: beat\ndata: ${everyMs}\n\n`, textOf };

/**
 * What a process that stops says to somebody who wants events: none yet, come back. A refusal would end an `EventSource`
 * for good (9.2.3), while the process that takes over is ready already.
 * @returns false for one who did not ask for events, and must be refused
 */
export function saidComeBack(response: Response): boolean {
  if (response.req.accepts(['json', 'text/event-stream']) !== 'text/event-stream') return false;
  response.writeHead(200, eventStreamHeaders);
  response.end(asEvents.begin);
  return true;
}

export function pour(events: AsyncIterable<ServerEvent>, response: Response, course: Course, pace: Pace): Promise<void> {
  return pourAs(asEvents, events, response, course, pace);
}

/**
 * Writes what comes, as it comes, until there are no more or `signal` aborts; then ends the answer and the iterator. The next one
 * is asked for when the reader has taken the one before: a slow reader costs no memory, and an iterator that gives
 * the newest state (`openLatest`) lets it miss what is old by then.
 * @throws what the iterator throws, or an Error for one that cannot be written; the answer is not ended then
 */
export async function pourAs<T>(framing: Framing<T>, all: AsyncIterable<T>, response: Response, course: Course, { heartbeatMs, stalledMs }: Pace): Promise<void> {
  const iterator = all[Symbol.asyncIterator]();
  const { until, forget } = waitingFor(course.signal);
  if (framing.begin !== '') response.write(framing.begin);
  const beat = framing.heartbeat(heartbeatMs);
  const heartbeat = setInterval(() => { if (beat !== '' && !response.writableNeedDrain) response.write(beat); }, heartbeatMs);
  try {
    for (;;) {
      const next = await until<IteratorResult<T>>((resolve, reject) => { iterator.next().then(resolve, reject); });
      if (next === undefined || next.done === true) break;
      if (!response.write(framing.textOf(next.value))) await until<void>((resolve) => drained(response, course, stalledMs, resolve));
    }
    response.end();
  } finally {
    clearInterval(heartbeat);
    forget();
    // Not awaited: a generator's return() waits for the step that it is in.
    void iterator.return?.().then(undefined, () => undefined);
  }
}

/** JSON knows no line breaks outside of escapes, so `data` needs one line (9.2.5). */
export function textOf({ id, event, data }: ServerEvent): string {
  const json = JSON.stringify(data) as string | undefined;
  if (json === undefined) throw new Error('The data of an event is no JSON.');
  return `${field('id', id)}${field('event', event)}data: ${json}\n\n`;
}

function field(name: string, value: string | undefined): string {
  if (value === undefined) return '';
  // A line break would begin another field, and an id with U+0000 is ignored (9.2.6).
  if (/[\0\r\n]/.test(value)) throw new Error(`The ${name} of an event holds a line break or U+0000.`);
  return `${name}: ${value}\n`;
}

/** Waits that `signal` ends with `undefined`. One listener for all of them: a race per event would keep every promise until the end. */
function waitingFor(signal: AbortSignal) {
  let wake = (): void => undefined;
  const ended = () => wake();
  signal.addEventListener('abort', ended);
  return {
    until: <T>(begin: (resolve: (value: T) => void, reject: (error: unknown) => void) => void) => new Promise<T | undefined>((resolve, reject) => {
      if (signal.aborted) return resolve(undefined);
      wake = () => resolve(undefined);
      return begin(resolve, reject);
    }),
    forget: () => signal.removeEventListener('abort', ended),
  };
}

function drained(response: Response, course: Course, stalledMs: number, resolve: () => void): void {
  const stalled = setTimeout(() => {
    course.abort(new Error('its reader took nothing for too long'));
    response.destroy();
  }, stalledMs);
  const over = () => {
    clearTimeout(stalled);
    response.off('drain', over).off('close', over);
    resolve();
  };
  response.once('drain', over).once('close', over);
}
