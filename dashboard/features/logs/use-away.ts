'use client';
import { useEffect, useState } from 'react';

/** Has the reader scrolled down to something? Then nothing may move it. */
export function useAway(fromPx = 300): boolean {
  const [away, setAway] = useState(false);
  useEffect(() => {
    const look = () => setAway(window.scrollY > fromPx);
    look();
    window.addEventListener('scroll', look, { passive: true });
    return () => window.removeEventListener('scroll', look);
  }, [fromPx]);
  return away;
}
