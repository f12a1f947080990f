import { expect, test } from '@jest/globals';
import { spokenIo } from '../../cli/test/spoken-io.ts';
import { bench } from './bench.ts';

test('every side answers, what was sent has arrived, and every figure is told', async () => {
  const io = spokenIo(process.cwd(), { json: true });
  await bench.run(io, { quick: true });
  const [said] = io.emitted;
  expect(said).toMatchObject({ bench: 'telemetry', requests: 400, lines: 800, rows: [{ what: 'everything recorded', target: 1.25 }, { target: 1.05 }] });
}, 120_000);
