'use client';
import { useEffect, useState } from 'react';

/** The time, in Unix milliseconds, told again so often; 0 until the page runs in a browser. */
export function useNow(everyMs = 1000): number {
  const [now, setNow] = useState(0);
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
