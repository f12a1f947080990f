import { useSyncExternalStore } from 'react';

/** Whether health and alerts come by themselves: who asks for them otherwise asks seldom while they do. */
let live = false;
const told = new Set<() => void>();

export function setLive(now: boolean): void {
  if (now === live) return;
  live = now;
  for (const tell of told) tell();
}

function follow(tell: () => void): () => void {
  told.add(tell);
  return () => { told.delete(tell); };
}

export const useLive = (): boolean => useSyncExternalStore(follow, () => live, () => false);
