import { expect, test } from '@jest/globals';
import { join } from 'node:path';
import { migrate } from '../kit/migrate.ts';
import { openOtlp } from '../kit/otlp.ts';
import { start } from '../kit/start.ts';
import { testKit } from '../kit/test/kit.ts';
import { startPostgres } from '../kit/test/postgres.ts';
import { thing } from '../kit/test/thing.ts';
import { until } from '../kit/test/until.ts';
import { app } from './app.ts';
import { monitoring } from './contract.ts';

interface Journey { readonly hops: readonly { readonly spanId: string }[]; readonly logs: readonly { readonly message: string; readonly spanId: string | null }[] }

test('the line of an answered request is in its journey, at the hop that answered', async () => {
  const postgres = await startPostgres();
  const kit = testKit(monitoring, { DATABASE: await postgres.backing('telemetry') });
  await migrate(kit.env.DATABASE, join(import.meta.dirname, 'migrations'), kit.log);
  const service = await start(kit, await app(kit));
  const plain = testKit(thing, { TELEMETRY_URL: service.url });
  const exporters = openOtlp(plain.standard);
  const sender = testKit(thing, { TELEMETRY_URL: service.url }, exporters ? { exporters } : {});
  const ok = () => Promise.resolve({ status: 200, body: {} });
  const answering = await start(sender, { handlers: { read: ok, write: ok, remove: ok, take: ok, open: ok }, ready: {}, stop: () => Promise.resolve() });
  try {
    const id = (await fetch(`${answering.url}/v1/open`)).headers.get('trace-id');
    const viewer = { authorization: `Bearer ${kit.tokenFor('ada@example.com', 'viewer')}` };
    const journey = await until('spans and lines have arrived', async () => {
      const answer = await fetch(`${service.url}/v1/journeys/${String(id)}`, { headers: viewer });
      const body = await answer.json() as Journey;
      return answer.ok && body.logs.length > 0 && body.hops.length > 0 ? body : undefined;
    }, 10_000);
    expect(journey.logs).toMatchObject([{ message: 'GET /v1/open answered 200', spanId: journey.hops[0]?.spanId }]);
    expect(journey.logs[0]?.spanId).toMatch(/^[0-9a-f]{16}$/);
  } finally {
    await answering.stop();
    await Promise.all([sender.close(), plain.close()]);
    await service.stop();
    await kit.close();
    await postgres.stop();
  }
}, 60_000);
