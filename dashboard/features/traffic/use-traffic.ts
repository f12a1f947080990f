'use client';
import { useSyncExternalStore } from 'react';
import { sendDemo } from '../../api/demo-traffic.ts';
import { openSender, type Traffic } from './sender.ts';

/** Of this window: it goes on while its pages change, and ends with it. */
const sender = openSender({ send: sendDemo, now: Date.now, random: Math.random });

export function useTraffic(): { readonly traffic: Traffic | undefined; readonly start: (minutes: number) => void; readonly stop: () => void } {
  const traffic = useSyncExternalStore(sender.follow, () => sender.now, () => undefined);
  return { traffic, start: sender.start, stop: sender.stop };
}
