/** How long after a refusal a stream is asked for again; a mere break is mended by the browser itself. */
const againAfterMs = 5000;
/** The server's sign of life (services/kit/event-stream.ts) says how often it comes; until it is heard, so often. */
const beat = 'beat';
const usualMs = 10_000;
/** So many that stay away are none by chance. */
const missed = 3;

export interface Ear {
  /** Where the stream is, each time that it is asked for. */
  readonly url: () => string;
  readonly types: readonly string[];
  readonly onOpen?: () => void;
  readonly onEvent: (event: MessageEvent) => void;
  /** Nothing comes any more; until `heardAt` (Unix milliseconds) it did. It is asked for again by itself. */
  readonly onLost: (heardAt: number) => void;
}
export type Connect = (url: string) => EventSource;

/**
 * Server-sent events (HTML Living Standard, 9.2), believed only while there are signs of life: a network that has gone silent closes
 * nothing, and an `EventSource` would wait for ever. After three beats without anything the stream counts as lost and is asked for anew.
 * @returns ends it
 */
export function openSource({ url, types, onOpen, onEvent, onLost }: Ear, connect: Connect = (at) => new EventSource(at)): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let everyMs = usualMs;
  let heardAt = Date.now();
  let quietSince = heardAt;
  const open = () => {
    quietSince = Date.now();
    const mine = connect(url());
    source = mine;
    const hear = (type: string, tell?: (event: MessageEvent) => void) => mine.addEventListener(type, (event: MessageEvent) => {
      if (source !== mine) return;
      heardAt = quietSince = Date.now();
      tell?.(event);
    });
    hear('open', onOpen);
    hear(beat, ({ data }) => {
      const said = Number(data);
      if (said === everyMs || !(said >= 100 && said <= 60_000)) return;
      everyMs = said;
      look();
    });
    for (const type of types) hear(type, onEvent);
    mine.addEventListener('error', () => {
      if (source !== mine) return;
      onLost(Date.now());
      if (mine.readyState === EventSource.CLOSED) again(open, againAfterMs);
    });
    look();
  };
  const again = (what: () => void, ms: number) => {
    clearTimeout(timer);
    timer = setTimeout(what, ms);
  };
  function look(): void {
    const leftMs = quietSince + missed * everyMs - Date.now();
    if (leftMs > 0) return again(look, leftMs);
    source?.close();
    onLost(heardAt);
    return open();
  }
  open();
  return () => {
    clearTimeout(timer);
    source?.close();
    source = undefined;
  };
}
