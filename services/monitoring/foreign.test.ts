import { expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Connection } from '../kit/contract.ts';
import { migrate } from '../kit/migrate.ts';
import { secretOf } from '../kit/secret.ts';
import { start } from '../kit/start.ts';
import { testKit } from '../kit/test/kit.ts';
import { startPostgres } from '../kit/test/postgres.ts';
import { describeWith } from '../kit/test/servers/describe-with.ts';
import { app } from './app.ts';
import { monitoring } from './contract.ts';

const sdk = join(import.meta.dirname, '../../.journey/tools/otel');
const installed = existsSync(join(sdk, 'version')) ? 'python3' : undefined;

describeWith('OpenTelemetry\'s SDK for Python', installed, () => {
  test('its spans, lines and figures are a journey as any other', async () => {
    const postgres = await startPostgres();
    const url = await postgres.backing('telemetry');
    const kit = testKit(monitoring, { DATABASE: url });
    const connection: Connection<'database'> = { kind: 'database', url: secretOf(url), reference: 'monitoring.DATABASE' };
    await migrate(connection, join(import.meta.dirname, 'migrations'), kit.log);
    const service = await start(kit, await app(kit));
    try {
      const { stdout, stderr } = await promisify(execFile)(installed ?? '', [join(import.meta.dirname, 'test/foreign.py'), service.url, kit.workloadKey], { env: { PATH: process.env['PATH'] ?? '', PYTHONPATH: sdk }, timeout: 30_000 });
      const trace: unknown = JSON.parse(stdout);
      const read = async (path: string): Promise<unknown> => (await fetch(service.url + path, { headers: { authorization: `Bearer ${kit.tokenFor('ada@example.com', 'viewer')}` } })).json();
      expect([trace, stderr]).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/), expect.not.stringMatching(/fail|error/i)]);
      expect(await read(`/v1/journeys/${String(trace)}`)).toMatchObject({
        connected: true,
        hops: [{ service: 'foreign', name: 'GET /things', kind: 'server', attributes: { 'http.response.status_code': 200, tags: ['a', 'b'] } }, { service: 'foreign', name: 'look', kind: 'internal' }],
        logs: [{ service: 'foreign', level: 'warn', message: 'there are few left' }],
      });
      // It is found without its id, too.
      expect(await read('/v1/journeys')).toMatchObject({ journeys: [{ traceId: trace, name: 'GET /things', hops: 2, status: 'ok' }], next: null });
      expect(await read('/v1/journeys?service=foreign&text=few%20left')).toMatchObject({ journeys: [{ traceId: trace }] });
      expect(await read('/v1/journeys?service=elsewhere')).toMatchObject({ journeys: [] });
      expect(await read('/v1/metrics/red?by=route&service=foreign')).toMatchObject({ groups: [{ labels: { service: 'foreign', method: 'GET', route: '/things' }, requests: 40, errors: 10 }] });
      expect(await read('/v1/metrics/names')).toMatchObject({ names: expect.arrayContaining([{ name: 'things_sold_total', kind: 'counter', services: ['foreign'], series: 1 }]) });
    } finally {
      await service.stop();
      await kit.close();
      await postgres.stop();
    }
  }, 60_000);
}, '.ci/foreign.sh');
