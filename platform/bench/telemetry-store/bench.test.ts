import { expect, test } from '@jest/globals';
import { spokenIo } from '../../cli/test/spoken-io.ts';
import { bench } from './bench.ts';
import { Corpus, HOUR_MS } from './corpus.ts';

test('the same seed makes the same lines, and what is counted is what is made', () => {
  const now = Date.UTC(2026, 0, 9, 12, 34);
  const [one, other] = [new Corpus(2000, now), new Corpus(2000, now)];
  const { lines, spans } = one.next(5000);
  expect(other.next(5000)).toEqual({ lines, spans });
  const tally = one.tally();
  expect([lines.length, spans.length, tally.lines, tally.spans]).toEqual([2000, 400, 2000, 400]);
  expect(tally.perHour.reduce((sum, n) => sum + n, 0)).toBe(2000);
  expect(lines.filter(({ atNs }) => Number(BigInt(atNs) / 1_000_000n) < tally.fromMs + HOUR_MS)).toHaveLength(tally.perHour[0] ?? -1);
  expect([...tally.traces.values()].every((trace) => trace.lines === 8 && trace.spans === 8)).toBe(true);
});

test('a short run brings lines in, asks every question and counts every answer', async () => {
  const io = spokenIo(process.cwd(), { json: true });
  await bench.run(io, { quick: true });
  const [said] = io.emitted;
  expect(said).toMatchObject({ bench: 'telemetry-store', lines: 50_000, spans: 10_000 });
  expect((said as { results: readonly { what: string; runs: number }[] }).results).toHaveLength(12);
  expect(JSON.stringify(said)).not.toContain('null');
}, 180_000);
