'use client';
import { useEffect, useState } from 'react';
import { followSeconds, type Second } from '../../api/live-metrics.ts';

/** The newest second that monitoring told. `live` is false while nothing comes. */
export function useSecond(): { readonly second: Second | undefined; readonly live: boolean } {
  const [second, setSecond] = useState<Second>();
  const [live, setLive] = useState(false);
  useEffect(() => followSeconds({ onSecond: setSecond, onLive: setLive }), []);
  return { second, live };
}
