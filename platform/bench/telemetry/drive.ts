import type { Side } from './place.ts';

const AT_ONCE = 8;
const SETTING = '/v1/settings/local/telemetry-bench';

/** The setting that every request reads. */
export async function prepare({ url }: Side, token: string): Promise<void> {
  const answer = await fetch(url + SETTING, { method: 'PUT', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, body: '{"value":{"a":1}}' });
  if (answer.status !== 200) throw new Error(`The setting could not be written: ${answer.status} ${await answer.text()}`);
}

/**
 * Asks `count` times, a few at once, and checks every answer.
 * @returns processor time per request in microseconds, as the process itself counts it (user and system)
 * @throws {Error} for an answer that is not the setting
 */
export async function cpuPerRequest({ url, metrics }: Side, token: string, count: number): Promise<number> {
  const before = await cpuSeconds(metrics);
  let left = count;
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    while (left-- > 0) {
      const answer = await fetch(url + SETTING, { headers: { authorization: `Bearer ${token}` } });
      const text = await answer.text();
      if (answer.status !== 200 || !text.includes('"a":1')) throw new Error(`An answer is wrong: ${answer.status} ${text.slice(0, 200)}`);
    }
  }));
  // What waits to be sent belongs to these requests.
  await new Promise((resolve) => { setTimeout(resolve, 600); });
  return ((await cpuSeconds(metrics)) - before) * 1e6 / count;
}

async function cpuSeconds(metrics: string): Promise<number> {
  const text = await (await fetch(`${metrics}/metrics`)).text();
  const value = Number(/^process_cpu_seconds_total\{[^}]*\} (\S+)$/m.exec(text)?.[1]);
  if (Number.isFinite(value)) return value;
  throw new Error('The service does not say its processor time.');
}
