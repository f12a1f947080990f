import { expect, test } from '@jest/globals';
import { benches } from '../../bench/benches.ts';
import { exit } from '../command.ts';
import { spokenIo } from '../test/spoken-io.ts';
import { command } from './bench.ts';

test('an unknown bench is a usage error that lists what there is', async () => {
  await expect(command.run(spokenIo('/'), ['sinth'], {})).rejects.toMatchObject({ code: exit.usage, why: expect.stringContaining('synth'), fix: 'Did you mean synth?' });
  await expect(command.run(spokenIo('/'), [], {})).rejects.toMatchObject({ fix: './journey bench synth' });
});

test('every bench that is listed can be loaded, and `quick` reaches it', async () => {
  for (const { load } of benches) expect(await load()).toEqual({ run: expect.any(Function) });
  const aborted = spokenIo(process.cwd(), { signal: AbortSignal.abort() });
  await expect(command.run(aborted, ['synth'], { quick: true })).rejects.toThrow(/abort/i);
});

test('its help names every bench there is', () => {
  expect(command.about).toContain(`: ${benches.map(({ name }) => name).toSorted().join(', ')}.`);
});
