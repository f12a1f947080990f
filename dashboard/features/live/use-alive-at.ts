'use client';
import { useEffect, useState } from 'react';

/** When a stream was last known to be there, in Unix milliseconds: since it has gone what stands here gets older. While it is there, when it came; 0 before. */
export function useAliveAt(live: boolean): number {
  const [at, setAt] = useState(0);
  useEffect(() => {
    if (!live) return undefined;
    setAt(Date.now());
    return () => setAt(Date.now());
  }, [live]);
  return at;
}
