/** How long after a refusal a stream is asked for again; a mere break is mended by the browser itself. */
const againAfterMs = 5000;

export interface Listener {
  readonly onData: (data: unknown) => void;
  /** False while nothing comes: then somebody else has to ask. */
  readonly onLive: (live: boolean) => void;
}

/**
 * Follows server-sent events of one type (HTML Living Standard, 9.2) until it is told to stop. Data that is no JSON is left out.
 * @returns ends it
 */
export function followEvents(path: string, type: string, { onData, onLive }: Listener): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const open = () => {
    source = new EventSource(path);
    source.addEventListener('open', () => onLive(true));
    source.addEventListener(type, ({ data }: MessageEvent) => {
      const value = jsonIn(data);
      if (value !== undefined) onData(value);
    });
    source.addEventListener('error', () => {
      onLive(false);
      if (source?.readyState === EventSource.CLOSED) timer = setTimeout(open, againAfterMs);
    });
  };
  open();
  return () => {
    clearTimeout(timer);
    source?.close();
  };
}

export function jsonIn(data: unknown): unknown {
  if (typeof data !== 'string') return undefined;
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}
