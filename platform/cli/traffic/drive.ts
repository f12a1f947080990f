import { pause } from '../../../services/kit/pause.ts';
import { demoDrawn, demoLabel, type DemoKind } from '../../../services/gateway/contract.ts';
import { ask, type Caller } from '../journey/gateway.ts';
import type { Tally } from './tally.ts';

/** More at once, and something is so slow that more requests would tell nothing new. */
const MOST_OPEN = 64;

export interface Drive {
  readonly perSecond: number;
  readonly seconds: number;
  /** Told about once a second. */
  readonly each: (sent: number) => void;
}

/** Sends the mix at a steady rate, open loop, until the time is over or `caller.signal` aborts. Resolves when the last answer is there. */
export async function drive(caller: Caller, tally: Tally, { perSecond, seconds, each }: Drive): Promise<void> {
  const open = new Set<Promise<void>>();
  const began = performance.now();
  for (let sent = 0; sent < perSecond * seconds && !caller.signal.aborted; sent += 1) {
    const wait = began + (sent * 1000) / perSecond - performance.now();
    if (wait > 0) await pause(wait, caller.signal);
    if (caller.signal.aborted) break;
    if (open.size < MOST_OPEN) {
      const one = send(caller, tally, demoDrawn(Math.random()));
      open.add(one);
      void one.finally(() => open.delete(one));
    } else tally.count('not sent: too many are open', 0, 0, false);
    if (sent % Math.max(1, Math.round(perSecond)) === 0) each(sent + 1);
  }
  await Promise.all(open);
}

async function send(caller: Caller, tally: Tally, { name, method, path, body, anonymous, good }: DemoKind): Promise<void> {
  const began = performance.now();
  const status = await ask({ ...caller, ...(anonymous ? { token: null } : {}) }, method, path, body, demoLabel).then((answer) => answer.status, () => 0);
  if (status !== 0 || !caller.signal.aborted) tally.count(name, status, performance.now() - began, good.includes(status));
}
