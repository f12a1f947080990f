import type { Database } from '../../kit/adapters/postgres.ts';
import { ANSWERS_MS, type Asked, type Holder } from '../domain/fault.ts';
import { faultsOn } from './faults-table.ts';
import { holdersSince, keepHolder } from './holders-table.ts';

/** Where the processes of workloads read what they shall hold, and say what they do. Any number of processes of monitoring share it, by the database. */
export interface FaultBoard {
  /** A process says what it holds. @returns what it shall hold */
  ask(holder: Holder): Promise<readonly Asked[]>;
  /** The record was changed here: whoever asks next is told so. */
  changed(): void;
  /** The processes of a workload that answer. */
  answering(workload: string): Promise<readonly Holder[]>;
  /** The same, as soon as it is so, or when the time is up. */
  settled(workload: string, isSo: (answering: readonly Holder[]) => boolean, ms: number): Promise<readonly Holder[]>;
}

/** How old the record may be that others are told from: a change by another process of monitoring is told after this. */
const KEPT_MS = 500;
/** How often it is looked at what others were told. */
const LOOK_MS = 250;
/** Whoever has the workloads' key could make up ever new processes. */
const MOST = 1000;

export function openFaultBoard(database: Database): FaultBoard {
  const heard = new Map<string, Holder>();
  let kept: { readonly at: number; readonly faults: Promise<readonly Asked[]> } | undefined;
  let word = Promise.withResolvers<void>();

  /** One question of the database for all that ask at the same time. */
  function faults(): Promise<readonly Asked[]> {
    if (kept && performance.now() - kept.at < KEPT_MS) return kept.faults;
    const mine = { at: performance.now(), faults: faultsOn(database, Date.now()) };
    kept = mine;
    // Whoever waits for it hears why; the next asks again.
    mine.faults.catch(() => { if (kept === mine) kept = undefined; });
    return mine.faults;
  }
  function remember(holder: Holder): void {
    if (heard.size >= MOST) for (const { instance, at } of heard.values()) if (at < Date.now() - ANSWERS_MS) heard.delete(instance);
    if (heard.size < MOST || heard.has(holder.instance)) heard.set(holder.instance, holder);
  }
  async function answering(workload: string): Promise<readonly Holder[]> {
    const since = Date.now() - ANSWERS_MS;
    const [told, here] = [await holdersSince(database, workload, since), [...heard.values()].filter((one) => one.workload === workload && one.at > since)];
    const newest = [...told, ...here].toSorted((a, b) => a.at - b.at);
    return [...new Map(newest.map((one) => [one.instance, one])).values()];
  }
  return {
    answering,
    async ask(holder) {
      const before = heard.get(holder.instance);
      remember(holder);
      const wanted = (await faults()).filter(({ workload, until }) => workload === holder.workload && until > Date.now());
      if (wanted.length + holder.held.length + (before?.held.length ?? 0) > 0) await keepHolder(database, holder);
      word.resolve();
      return wanted;
    },
    changed() { kept = undefined; },
    async settled(workload, isSo, ms) {
      for (const end = performance.now() + ms; ;) {
        const now = await answering(workload);
        if (isSo(now) || performance.now() >= end) return now;
        await next(Math.min(LOOK_MS, end - performance.now()));
      }
    },
  };

  /** The next word of a process that asks here; others are looked for after `ms`. */
  async function next(ms: number): Promise<void> {
    word = Promise.withResolvers();
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([word.promise, new Promise((resolve) => { timer = setTimeout(resolve, ms); })]);
    clearTimeout(timer);
  }
}
