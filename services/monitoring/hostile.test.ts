import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { spanAt, traceId, traces } from './test/otlp.ts';
import { startMonitoring, type Monitoring } from './test/start-monitoring.ts';

let site: Monitoring;
beforeAll(async () => { site = await startMonitoring(); }, 60_000);
afterAll(() => site?.stop());

test('bodies of 50 MB, plain and as gzip bombs, are refused, take no memory, and slow nobody else', async () => {
  const known = traceId();
  await site.send('/v1/traces', traces('gateway', [spanAt(0, { traceId: known })]));
  const asked = async () => {
    const began = performance.now();
    expect((await site.read(`/v1/journeys/${known}`)).status).toBe(200);
    return performance.now() - began;
  };
  const calm: number[] = [];
  for (let n = 0; n < 30; n += 1) calm.push(await asked());

  const before = process.memoryUsage().rss;
  const flood = promisify(execFile)(process.execPath, [join(import.meta.dirname, 'test/flood.ts'), `${site.url}/v1/traces`, site.kit.workloadKey, '40'], { env: {}, timeout: 60_000 });
  const over = new AbortController();
  void flood.finally(() => { over.abort(); }).catch(() => undefined);
  const [during, taken]: [number[], number[]] = [[], []];
  while (!over.signal.aborted) {
    during.push(await asked());
    taken.push((await site.send('/v1/traces', traces('gateway', [spanAt(0)]))).status);
  }
  const answers = JSON.parse((await flood).stdout) as readonly string[];
  expect([answers.length, answers.filter((answer) => !['413 too_large', 'closed'].includes(answer))]).toEqual([40, []]);
  expect(answers.filter((answer) => answer === '413 too_large').length).toBeGreaterThanOrEqual(20);
  expect(new Set(taken)).toEqual(new Set([200]));
  expect(process.memoryUsage().rss - before).toBeLessThan(150 * 1024 * 1024);
  const median = (all: readonly number[]) => all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)] ?? Number.NaN;
  // The flood has a processor of its own; ten times as long would be somebody who waits for it.
  expect(median(during)).toBeLessThan(median(calm) * 10 + 20);
}, 120_000);
