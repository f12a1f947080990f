'use client';
import { lazy, Suspense, useEffect, useState } from 'react';
import { restarted, tourStep } from './tour-state.ts';

const Tour = lazy(() => import('./tour.tsx').then(({ Tour: tour }) => ({ default: tour })));

/** Loads the tour only where it was not dismissed. */
export function TourGate() {
  const [round, setRound] = useState(0);
  useEffect(() => {
    const look = () => setRound((before) => (tourStep() === undefined ? 0 : before + 1));
    look();
    document.addEventListener(restarted, look);
    return () => document.removeEventListener(restarted, look);
  }, []);
  return round > 0 ? <Suspense><Tour key={round} onEnd={() => setRound(0)} /></Suspense> : null;
}
