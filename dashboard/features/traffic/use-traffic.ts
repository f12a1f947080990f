'use client';
import { useSyncExternalStore } from 'react';
import type { openSender, Traffic } from './sender.ts';

/** Of this window: it goes on while its pages change, and ends with it. What sends, and what is sent, is loaded when it is first started. */
let sender: ReturnType<typeof openSender> | undefined;
const followers = new Set<() => void>();

function follow(tell: () => void): () => void {
  followers.add(tell);
  return () => { followers.delete(tell); };
}

async function start(minutes: number): Promise<void> {
  const [code, { sendDemo }] = await Promise.all([import('./sender.ts'), import('../../api/demo-traffic.ts')]);
  // Started twice before it was loaded: one of them is the sender.
  if (!sender) {
    sender = code.openSender({ send: sendDemo, now: Date.now, random: Math.random });
    sender.follow(() => { for (const tell of followers) tell(); });
  }
  sender.start(minutes);
}

export function useTraffic(): { readonly traffic: Traffic | undefined; readonly start: (minutes: number) => void; readonly stop: () => void } {
  const traffic = useSyncExternalStore(follow, () => sender?.now, () => undefined);
  return { traffic, start: (minutes) => void start(minutes), stop: () => sender?.stop() };
}
