import { ask, type Caller } from '../../cli/journey/gateway.ts';

export interface Load { readonly asked: number; readonly taken: number; readonly millis: readonly number[]; readonly pssMiB: readonly number[] }

/**
 * Golden journeys that find everything as they want it, at a fixed rate, open loop: a slow answer does not slow the next question down. Ends by itself.
 * @param memory reads the memory of all processes, every two seconds; without it none is read
 */
export async function golden(caller: Caller, rate: number, seconds: number, memory?: () => Promise<number>): Promise<Load> {
  const millis: number[] = [];
  const pssMiB: number[] = [];
  const open: Promise<void>[] = [];
  let taken = 0;
  const body = { workload: 'gateway', environment: 'local', revision: 'worktree', reason: 'bench up' };
  const one = async () => {
    const started = performance.now();
    const { status } = await ask(caller, 'POST', '/v1/deployments', body);
    millis.push(performance.now() - started);
    if (status === 202) taken += 1;
  };
  const began = performance.now();
  for (let n = 0; n < rate * seconds; n += 1) {
    const wait = began + (n * 1000) / rate - performance.now();
    if (wait > 0) await new Promise<void>((resolve) => { setTimeout(resolve, wait); });
    caller.signal.throwIfAborted();
    open.push(one());
    if (memory && n % (2 * rate) === rate) open.push(memory().then((mib) => void pssMiB.push(mib)));
  }
  await Promise.all(open);
  return { asked: rate * seconds, taken, millis, pssMiB };
}
