import { randomUUID } from 'node:crypto';
import type { Kit } from '../kit.ts';
import { pause } from '../pause.ts';
import { untraced } from '../telemetry.ts';
import { faultOf, type Fault, type Faults } from './faults.ts';

/** Where a process asks; monitoring's contract has the same path (a test keeps them equal). */
export const heldPath = '/v1/faults/held';
const EVERY_MS = 1000;
const PATIENCE_MS = 4000;

/**
 * Asks monitoring once a second which faults this process shall hold, and says which it holds. Each process asks for itself: so a fault
 * reaches all of a workload, wherever they run, and one that starts later. No answer changes nothing: what is on ends at its time.
 * Where the model allows none, nobody asks.
 * @returns ends the asking
 */
export function followFaults({ call, contract, faults, log, standard: { telemetryUrl, workloadKey } }: Pick<Kit, 'call' | 'contract' | 'faults' | 'log' | 'standard'>): () => void {
  const stopped = new AbortController();
  if (!faults.allowed || !telemetryUrl || !workloadKey) return () => undefined;
  const instance = randomUUID();
  const ask = async (): Promise<readonly Fault[]> => {
    const body = { workload: contract.name, instance, held: faults.list().map(({ id }) => id) };
    const answer = await call(telemetryUrl, { method: 'POST', path: heldPath, body, token: workloadKey.reveal(), quiet: true, timeoutMs: PATIENCE_MS, maxBytes: 16_384, signal: stopped.signal });
    return faultsIn(answer.body);
  };
  const round = async (): Promise<void> => {
    let again = false;
    while (!stopped.signal.aborted) {
      const wanted = await untraced(ask).catch(() => undefined);
      const changed = wanted !== undefined && !stopped.signal.aborted && hold(faults, wanted, log);
      // A change is said at once, since somebody waits for it; but never twice in a row.
      again = changed && !again;
      if (!again) await pause(EVERY_MS, stopped.signal);
    }
  };
  void round();
  return () => stopped.abort();
}

/** Begins what is new and ends what is not wanted any more. @returns was there any? */
function hold(faults: Faults, wanted: readonly Fault[], log: Kit['log']): boolean {
  const held = faults.list();
  const begun = wanted.filter(({ id }) => held.every((one) => one.id !== id));
  const ended = held.filter(({ id }) => wanted.every((one) => one.id !== id));
  for (const { kind } of ended) faults.end(kind);
  for (const fault of begun) faults.begin(fault);
  for (const { id, kind, strength } of begun) log.warn('a fault was switched on', { id, kind, strength });
  for (const { id, kind } of ended) log.warn('a fault was switched off', { id, kind });
  return begun.length + ended.length > 0;
}

/** Of each kind the last. */
function faultsIn(body: unknown): readonly Fault[] {
  const list: unknown = typeof body === 'object' && body !== null && 'faults' in body ? body.faults : undefined;
  if (!Array.isArray(list)) throw new Error('This is no list of faults.');
  const read = list.slice(0, 100).flatMap((one) => faultOf(one, Date.now()) ?? []);
  return [...new Map(read.map((fault) => [fault.kind, fault])).values()];
}
