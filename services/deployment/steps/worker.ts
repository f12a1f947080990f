import { randomUUID } from 'node:crypto';
import { quietly } from '../../kit/adapters/quiet.ts';
import { startSlots } from '../../kit/adapters/slots.ts';
import { Problem } from '../../kit/problem.ts';
import { messageOf } from '../../kit/adapters/error.ts';
import { advanceTo, claimDue, LEASE_SECONDS, LeaseLost, nudgeMerged, renewLeases } from '../adapters/work.ts';
import type { Tracked } from '../domain/tracked.ts';
import type { Ways } from '../ways.ts';
import { carryHolds } from './carry-holds.ts';
import { end } from './end.ts';
import { mergedStep } from './merged.ts';
import { proposedStep } from './proposed.ts';
import { requestedStep } from './requested.ts';
import { adoptStrays } from './stray.ts';

export interface Worker {
  /** Something may be due. Cheap, never throws. */
  wake(): void;
  /** Resolves when this process has done a step of that request, or after `ms`. */
  stepped(id: string, ms: number): Promise<void>;
  /** Ends what runs where it can be gone on with. */
  stop(): Promise<void>;
}

const POLL_MS = 500;
/** An Alertmanager is told of an alert within a minute; to look much oftener shows nothing sooner. */
const ALERTS_MS = 5000;
/** A request that could not even be proposed after so many attempts (about five minutes) is given up. */
const MOST_TRIES = 12;

/**
 * Brings requests from one state to the next. Every process of the service runs one; each request is worked on by one of
 * them at a time. All that a step needs is in the database, so whoever is killed is replaced by whoever comes next.
 */
export function startWorker(ways: Ways): Worker {
  const { kit, database, board } = ways;
  const lease = randomUUID();
  const mine = new Set<string>();
  const waiting = new Map<string, Set<() => void>>();

  const renewing = setInterval(() => {
    if (mine.size > 0) quietly(() => renewLeases(database, lease, [...mine])).catch((error: unknown) => kit.log.warn('a lease could not be renewed', { error: String(error) }));
  }, LEASE_SECONDS * 1000 / 4);

  async function run(tracked: Tracked): Promise<void> {
    const { id } = tracked.request;
    try {
      await stepOf(ways, lease, tracked);
    } catch (error) {
      await stumble(ways, lease, tracked, error);
    } finally {
      mine.delete(id);
      for (const tell of waiting.get(id) ?? []) tell();
    }
  }
  let carried = false;
  const slots = startSlots(kit, {
    concurrency: 4, pollMs: POLL_MS, about: 'requests',
    async fetch(free) {
      // Before anything is merged.
      carried ||= await carryHolds(ways).then(() => true);
      const due = (await claimDue(database, lease, free)).filter(({ request }) => !mine.has(request.id));
      for (const { request } of due) mine.add(request.id);
      return due.map((tracked) => () => quietly(() => run(tracked)));
    },
  });
  board.start((live) => {
    const look = async () => {
      ways.repository.moved();
      await adoptStrays(ways, live);
      await nudgeMerged(database);
      slots.wake();
    };
    quietly(look).catch((error: unknown) => kit.log.warn('what the engine sees could not be looked at', { forEnvironment: live.environment, error: String(error) }));
  });
  // An engine tells of what it sees, and alerts are not among that.
  const listen = () => quietly(async () => {
    for (const name of await board.connected()) {
      const live = await board.read(name);
      if (live !== null) await adoptStrays(ways, live);
    }
  }).catch((error: unknown) => kit.log.warn('whether alerts fire could not be looked at', { error: String(error) }));
  const listening = ways.alerts.watched ? setInterval(() => void listen(), ALERTS_MS) : undefined;

  return {
    wake: () => slots.wake(),
    stepped: (id, ms) => new Promise((resolve) => {
      const tell = () => {
        clearTimeout(timer);
        waiting.get(id)?.delete(tell);
        if (waiting.get(id)?.size === 0) waiting.delete(id);
        resolve();
      };
      const timer = setTimeout(tell, ms);
      waiting.set(id, (waiting.get(id) ?? new Set()).add(tell));
    }),
    async stop() {
      await slots.stop();
      clearInterval(renewing);
      clearInterval(listening);
      await board.stop();
    },
  };
}

function stepOf(ways: Ways, lease: string, tracked: Tracked): Promise<void> {
  switch (tracked.request.status) {
    case 'requested': return requestedStep(ways, lease, tracked);
    case 'proposed': return proposedStep(ways, lease, tracked);
    default: return mergedStep(ways, lease, tracked);
  }
}

/** What failed may work later: again after a rest that doubles, at most half a minute. */
async function stumble(ways: Ways, lease: string, tracked: Tracked, error: unknown): Promise<void> {
  const { request, tries } = tracked;
  if (error instanceof LeaseLost) return void ways.kit.log.info('another process goes on with the request', { id: request.id });
  ways.kit.log.warn('a step of a request failed; it is tried again', { id: request.id, status: request.status, tries: tries + 1, error: messageOf(error) });
  // Somebody was quicker at the forge: what is true there now decides.
  const rest = error instanceof Problem && error.code === 'conflict' ? 100 : Math.min(30_000, 500 * 2 ** Math.min(tries, 10));
  try {
    if (request.status === 'requested' && tries + 1 >= MOST_TRIES) return await end(ways, lease, tracked, 'refused', { outcome: `It could not be proposed: ${messageOf(error)}`.slice(0, 500) });
    return await ways.database.transaction((sql) => advanceTo(sql, lease, tracked, { tries: tries + 1, againMs: rest }));
  } catch (second) {
    // The lease runs out, and then it is anybody's.
    return void ways.kit.log.warn('that a step failed could not be noted', { id: request.id, error: messageOf(second) });
  }
}
