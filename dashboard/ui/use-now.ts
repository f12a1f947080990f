'use client';
import { useEffect, useState } from 'react';

/** The time, in Unix milliseconds, told again every second; 0 until the page runs in a browser. */
export function useNow(): number {
  const [now, setNow] = useState(0);
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
