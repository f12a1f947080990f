import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fakeGateway, type FakeGateway } from '../fake-gateway.ts';

/** The dashboard under test and how to get in. */
export interface Site {
  readonly url: string;
  readonly name: string;
  readonly password: string;
  /** True when no platform stands behind it: the sentinels of test/fake-gateway.ts may be used. */
  readonly fake: boolean;
  readonly gateway?: FakeGateway;
  stop(): Promise<void>;
}

/**
 * `JOURNEY_URL`, `JOURNEY_NAME`, `JOURNEY_PASSWORD`: a running platform. `JOURNEY_FAKE=1`: the built dashboard before a
 * fake gateway, for work on the pages alone.
 */
export async function openSite(env: Readonly<Record<string, string | undefined>> = process.env): Promise<Site> {
  if (env['JOURNEY_FAKE'] === '1') return fakeSite();
  const { JOURNEY_URL: url, JOURNEY_NAME: name, JOURNEY_PASSWORD: password } = env;
  if (!url || !name || !password) throw new Error('Set JOURNEY_URL, JOURNEY_NAME and JOURNEY_PASSWORD (./journey up prints them), or JOURNEY_FAKE=1.');
  return { url: url.replace(/\/$/, ''), name, password, fake: false, stop: async () => {} };
}

async function fakeSite(): Promise<Site> {
  const gateway = await fakeGateway();
  const child = spawn(process.execPath, [join(import.meta.dirname, '../../main.ts')], {
    env: { ...process.env, HOST: '127.0.0.1', PORT: '0', GATEWAY_URL: gateway.url }, stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /"msg":"listening","url":"([^"]+)"/.exec(line)?.[1];
    if (url) {
      child.stdout.resume();
      return {
        url, name: 'admin@localhost', password: 'a long enough password', fake: true, gateway,
        stop: async () => {
          child.kill('SIGTERM');
          await exited;
          await gateway.stop();
        },
      };
    }
  }
  throw new Error('The dashboard did not start. Fix: node dashboard/build.ts, then read what it printed above.');
}
