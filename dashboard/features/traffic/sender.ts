import { demoDrawn, type DemoKind } from '../../../services/gateway/contract/demo-traffic.ts';
import { perSecond } from './pace.ts';

export interface Traffic {
  /** Unix milliseconds. */
  readonly began: number;
  /** When it ends by itself; or when it ended. */
  readonly until: number;
  readonly running: boolean;
  readonly sent: number;
  /** Answered otherwise than this kind should be, or not at all. */
  readonly failed: number;
  /** Left out, since too many were open. */
  readonly skipped: number;
}
export interface Means {
  readonly send: (kind: DemoKind, signal: AbortSignal) => Promise<number>;
  readonly now: () => number;
  readonly random: () => number;
}

/** So long at most, whoever asks. */
export const mostMinutes = 10;
/** More at once, and something is so slow that more requests would tell nothing new. */
const mostOpen = 8;

/** Sends the mix at a steady rate until its time is over. What a sleeping page has missed is not sent later. */
export function openSender({ send, now, random }: Means) {
  const followers = new Set<() => void>();
  let traffic: Traffic | undefined;
  let [open, ending]: [number, AbortController | undefined] = [0, undefined];

  const set = (change: Partial<Traffic>) => {
    traffic = traffic && { ...traffic, ...change };
    for (const tell of followers) tell();
  };
  const end = () => {
    ending?.abort();
    ending = undefined;
    if (traffic?.running) set({ running: false, until: Math.min(now(), traffic.until) });
  };
  const one = async ({ signal }: AbortController) => {
    if (open >= mostOpen) return set({ skipped: (traffic?.skipped ?? 0) + 1 });
    open += 1;
    set({ sent: (traffic?.sent ?? 0) + 1 });
    const kind = demoDrawn(random());
    const status = await send(kind, signal);
    open -= 1;
    // Nobody is signed in any more.
    if (status === 401 && kind.anonymous !== true && !signal.aborted) return end();
    // One that was cut off by the stop has not failed.
    if (!signal.aborted && !kind.good.includes(status)) set({ failed: (traffic?.failed ?? 0) + 1 });
    return undefined;
  };
  return {
    get now() { return traffic; },
    follow(tell: () => void): () => void {
      followers.add(tell);
      return () => { followers.delete(tell); };
    },
    start(minutes: number): void {
      end();
      const mine = new AbortController();
      ending = mine;
      traffic = { began: now(), until: now() + Math.min(mostMinutes, minutes) * 60_000, running: true, sent: 0, failed: 0, skipped: 0 };
      set({});
      const timer = setInterval(() => {
        if (now() >= (traffic?.until ?? 0)) end();
        else void one(mine);
      }, 1000 / perSecond);
      mine.signal.addEventListener('abort', () => clearInterval(timer));
    },
    stop: end,
  };
}
