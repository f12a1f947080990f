import { createServer } from 'node:http';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '../../../services/kit/test/postgres.ts';
import { testIssuer } from '../../../services/kit/test/tokens.ts';
import { openChild, type Child } from './child.ts';

/** What is measured: the same service with another share of its requests recorded; `off` has no telemetry at all. */
export interface Side { readonly url: string; readonly metrics: string }
export interface Place {
  readonly sides: Readonly<Record<string, Side>>;
  readonly token: string;
  /** What came to the sink until now. */
  taken(): Promise<{ readonly spans: number; readonly lines: number }>;
  close(): Promise<void>;
}

/** A Postgres, the keys of an issuer, a sink, and one process of the service for each side; all on loopback. */
export async function openPlace(shares: Readonly<Record<string, string>>): Promise<Place> {
  const ends: (() => Promise<unknown>)[] = [];
  const close = async () => { for (const end of ends.reverse()) await end(); };
  try {
    const postgres = await startPostgres();
    ends.push(() => postgres.stop());
    const synth = await mkdtemp(join(tmpdir(), 'journey-bench-telemetry-'));
    ends.push(() => rm(synth, { recursive: true, force: true }));
    await mkdir(join(synth, 'local'));
    await writeFile(join(synth, 'local', 'journey.json'), '{}');
    const issuer = testIssuer('bench');
    const keys = createServer((_request, response) => { response.setHeader('content-type', 'application/json').end(JSON.stringify(issuer.jwks)); });
    await new Promise<void>((resolve) => { keys.listen(0, '127.0.0.1', resolve); });
    ends.push(() => new Promise((resolve) => { keys.close(resolve); }));
    const address = keys.address();
    const keysUrl = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
    const child = async (script: string, args: readonly string[], env: Readonly<Record<string, string>>): Promise<Child> => {
      const one = await openChild(new URL(script, import.meta.url), args, env);
      ends.push(() => one.stop());
      return one;
    };
    const sink = await child('./sink.ts', [], {});
    const sinkUrl = sink.said['ready'] ?? '';
    const [database, cache] = [await postgres.backing('settings'), await postgres.backing('settings-cache')];
    const sides: Record<string, Side> = {};
    for (const [name, share] of Object.entries(shares)) {
      const { said } = await child('./service.ts', [share], {
        HOST: '127.0.0.1', PORT: '0', METRICS_PORT: '0', ENVIRONMENT: 'local', INSTALLATION: 'bench', REVISION: 'worktree', WORKLOAD_KEY: 'bench',
        TELEMETRY_URL: sinkUrl, KEYS_URL: keysUrl, DATABASE: database, SETTINGS_CACHE: cache, SYNTH_FOLDER: synth, LOG_LEVEL: 'info',
      });
      sides[name] = { url: said['ready'] ?? '', metrics: said['metrics'] ?? '' };
    }
    return {
      sides, token: issuer.token('bench@example.com', ['operator']), close,
      taken: async () => await (await fetch(sinkUrl)).json(),
    };
  } catch (error) {
    await close();
    throw error;
  }
}
