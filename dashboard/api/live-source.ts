/** How long after a refusal a stream is asked for again; a mere break is mended by the browser itself. */
const againAfterMs = 5000;
/** Three of the server's signs of life, the events `beat` (services/kit/open-kit.ts: every 10 s). So many that stay away are none by chance. */
const silenceMs = 30_000;

export interface Ear {
  /** Where the stream is, each time that it is asked for. */
  readonly url: () => string;
  readonly types: readonly string[];
  /** Of these types; also `open` and `beat`, which have nothing to say. */
  readonly onEvent: (event: MessageEvent) => void;
  /** False: nothing comes any more; until `at` (Unix milliseconds) it did. It is asked for again by itself. */
  readonly onLive: (live: boolean, at: number) => void;
}

/**
 * Server-sent events (HTML Living Standard, 9.2), believed only while there are signs of life: a network that has gone silent closes
 * nothing, and an `EventSource` would wait for ever. After three beats without anything the stream counts as lost and is asked for anew.
 * What comes next is settled before anybody is told, since who is told may end it.
 * @returns ends it
 */
export function openSource({ url, types, onEvent, onLive }: Ear): () => void {
  let source: EventSource;
  let timer: ReturnType<typeof setTimeout>;
  let heardAt = Date.now();
  const then = (what: () => void, ms = silenceMs) => {
    clearTimeout(timer);
    timer = setTimeout(what, ms);
  };
  const lost = () => {
    source.close();
    open();
    onLive(false, heardAt);
  };
  const open = () => {
    // Once closed it says nothing more (9.2.2, 9.2.6).
    source = new EventSource(url());
    for (const type of ['open', 'beat', ...types]) {
      source.addEventListener(type, (event: MessageEvent) => {
        heardAt = Date.now();
        then(lost);
        if (type === 'open') onLive(true, heardAt);
        onEvent(event);
      });
    }
    source.addEventListener('error', () => {
      if (source.readyState === EventSource.CLOSED) then(open, againAfterMs);
      onLive(false, Date.now());
    });
    then(lost);
  };
  open();
  return () => {
    source.close();
    clearTimeout(timer);
  };
}
