import { openSource } from './live-source.ts';

export interface Listener {
  readonly onData: (data: unknown) => void;
  /** False while nothing comes: then somebody else has to ask. `at`: when it was last known to come, in Unix milliseconds. */
  readonly onLive: (live: boolean, at: number) => void;
}

/**
 * Follows events of one type until it is told to stop. Data that is no JSON is left out.
 * @returns ends it
 */
export function followEvents(path: string, type: string, { onData, onLive }: Listener): () => void {
  return openSource({
    url: () => path, types: [type], onLive,
    onEvent(event) {
      const value = event.type === type ? jsonIn(event.data) : undefined;
      if (value !== undefined) onData(value);
    },
  });
}

export function jsonIn(data: unknown): unknown {
  if (typeof data !== 'string') return undefined;
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}
