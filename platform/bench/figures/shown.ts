import { ask, type Caller } from '../../cli/journey/gateway.ts';
import type { Driven } from './driver.ts';
import type { KINDS, Times } from './times.ts';

/** Whose figures are looked at; nobody else asks for it while the bench runs. */
export const ROUTE = '/v1/workloads';

/** Figures are kept by the second. @returns the one that has just begun, in Unix milliseconds @param more seconds after it */
export async function nextSecond(more: number): Promise<number> {
  const at = (Math.floor(Date.now() / 1000) + 1 + more) * 1000;
  await new Promise((resolve) => { setTimeout(resolve, at - Date.now()); });
  return at;
}

/** What is shown of the route, once it is all of it, and two looks later. */
export async function shownSince(caller: Caller, from: number, count: number): Promise<{ readonly requests: number; readonly times: Times }> {
  const read = async () => {
    const { body } = await ask(caller, 'GET', `/v1/metrics/red?by=route&service=gateway&from=${from}`);
    const groups = (body as { readonly groups?: readonly Shown[] }).groups ?? [];
    return groups.find(({ labels }) => labels['route'] === ROUTE);
  };
  for (let tries = 0; tries < 20 && ((await read())?.requests ?? 0) < count; tries += 1) await nextSecond(0);
  await nextSecond(1);
  const { requests = 0, mean = null, p50 = null, p99 = null } = await read() ?? {};
  return { requests, times: { mean: (mean ?? Number.NaN) * 1000, p50: (p50 ?? Number.NaN) * 1000, p99: (p99 ?? Number.NaN) * 1000 } };
}
interface Shown extends Readonly<Record<(typeof KINDS)[number], number | null>> { readonly labels: Readonly<Record<string, string>>; readonly requests: number }

const JOURNEYS = 25;

/** How long journeys say that their requests took, beside the driver: of every few of them. @returns milliseconds that the driver waited more @throws {Error} when one is not told */
export async function laterThanJourneys(caller: Caller, { millis, traces }: Pick<Driven, 'millis' | 'traces'>): Promise<readonly number[]> {
  const every = Math.max(1, Math.floor(traces.length / JOURNEYS));
  const more: number[] = [];
  for (let at = 0; at < traces.length; at += every) {
    const { body } = await ask(caller, 'GET', `/v1/journeys/${traces[at]}`);
    const root = (body as { readonly hops?: readonly { readonly parentId: string | null; readonly durationMs: number }[] }).hops?.find(({ parentId }) => parentId === null);
    if (!root) throw new Error(`The journey ${traces[at]} has no first hop.`);
    more.push((millis[at] ?? Number.NaN) - root.durationMs);
  }
  return more;
}
