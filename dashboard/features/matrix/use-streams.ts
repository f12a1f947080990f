'use client';
import { useEffect, useRef } from 'react';
import { followEnvironment, type Listener } from '../../api/live-events.ts';

/** Follows environments while the page is looked at: a hidden page gives its connections back. */
export function useStreams(environments: readonly string[], { onState, onLive }: Listener): void {
  const names = environments.toSorted().join();
  const live = useRef(new Map<string, boolean>());
  useEffect(() => {
    let ends: (() => void)[] = [];
    const follow = () => {
      ends = names === '' ? [] : names.split(',').map((name) => followEnvironment(name, {
        onState,
        onLive: (now) => {
          live.current.set(name, now);
          onLive(![...live.current.values()].includes(false));
        },
      }));
    };
    const leave = () => {
      for (const end of ends) end();
      ends = [];
      live.current.clear();
    };
    const look = () => {
      leave();
      if (document.visibilityState === 'visible') follow();
    };
    look();
    document.addEventListener('visibilitychange', look);
    return () => {
      document.removeEventListener('visibilitychange', look);
      leave();
    };
  }, [names, onState, onLive]);
}
