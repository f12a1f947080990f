import { ExportResultCode, type ExportResult } from '@opentelemetry/core';
import { expect, test } from '@jest/globals';
import { patient } from './patient.ts';

const failed = (code?: number): ExportResult => ({ code: ExportResultCode.FAILED, error: Object.assign(new Error('no'), code === undefined ? {} : { code }) });
const taken: ExportResult = { code: ExportResultCode.SUCCESS };
const quick = { totalMs: 10_000, firstWaitMs: 1, longestWaitMs: 4 };

/** An exporter that answers with these results, then takes everything. */
function answering(...results: ExportResult[]) {
  const batches: string[] = [];
  return {
    batches, closed: false,
    export(batch: string, done: (result: ExportResult) => void) {
      batches.push(batch);
      queueMicrotask(() => done(results.shift() ?? taken));
    },
    async shutdown() { this.closed = true; },
  };
}
const exported = (exporter: { export(batch: string, done: (result: ExportResult) => void): void }) => new Promise<ExportResult>((resolve) => exporter.export('spans', resolve));

test('a batch is offered until it is taken', async () => {
  const inner = answering(failed(), failed(503), failed(429));
  expect(await exported(patient(inner, quick))).toEqual(taken);
  expect(inner.batches).toEqual(['spans', 'spans', 'spans', 'spans']);
});

test('a batch that is refused for what it is, is given up at once', async () => {
  const inner = answering(failed(400));
  expect((await exported(patient(inner, quick))).code).toBe(ExportResultCode.FAILED);
  expect(inner.batches).toHaveLength(1);
});

test('patience ends', async () => {
  const inner = answering(...Array.from({ length: 100 }, () => failed()));
  expect((await exported(patient(inner, { totalMs: 20, firstWaitMs: 5, longestWaitMs: 5 }))).code).toBe(ExportResultCode.FAILED);
  expect(inner.batches.length).toBeGreaterThan(1);
  expect(inner.batches.length).toBeLessThan(20);
});

test('at the end, what waits is offered once more and not again', async () => {
  const inner = answering(failed(), failed(), taken);
  const exporter = patient(inner, { totalMs: 60_000, firstWaitMs: 30_000, longestWaitMs: 30_000 });
  const result = exported(exporter);
  await new Promise((resolve) => { setImmediate(resolve); });
  await exporter.shutdown();
  expect((await result).code).toBe(ExportResultCode.FAILED);
  expect(inner.batches).toHaveLength(2);
  expect(inner.closed).toBe(true);
});
