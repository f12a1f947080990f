import type { Limits } from '../../kit/kit.ts';
import { start } from '../../kit/start.ts';
import { testKit, type TestKit } from '../../kit/test/kit.ts';
import { startPostgres, type TestPostgres } from '../../kit/test/postgres.ts';
import { app } from '../app.ts';
import { gateway } from '../contract.ts';
import { fakeService, type FakeService, type Reply } from './fake-service.ts';

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Record<string, unknown>;
}
export interface TestGateway {
  readonly url: string;
  readonly kit: TestKit<typeof gateway>;
  readonly postgres: TestPostgres;
  readonly auth: FakeService;
  readonly deployment: FakeService;
  readonly configuration: FakeService;
  readonly monitoring: FakeService;
  call(method: string, path: string, o?: { readonly body?: unknown; readonly headers?: Record<string, string> }): Promise<Answered>;
  stop(): Promise<void>;
}

/** The real gateway on a free port with a real cache, and four services that answer what a test tells them to. */
export async function startGateway(env: Readonly<Record<string, string>> = {}, limits: Partial<Limits> = {}): Promise<TestGateway> {
  const postgres = await startPostgres();
  const said = (service: string) => (): Reply => ({ status: 200, body: { from: service } });
  const services = { auth: await fakeService(said('auth')), deployment: await fakeService(said('deployment')), configuration: await fakeService(said('configuration')), monitoring: await fakeService(said('monitoring')) };
  const kit = testKit(gateway, {
    AUTH_URL: services.auth.url, DEPLOYMENT_URL: services.deployment.url, CONFIGURATION_URL: services.configuration.url, MONITORING_URL: services.monitoring.url,
    SESSIONS: await postgres.backing('sessions'), COOKIE_KEY: 'a key for cookies in tests', COOKIE_SECURE: 'no', RATE_LIMIT_RPS: '1000', ...env,
  }, { limits });
  const started = await start(kit, await app(kit));
  return {
    url: started.url, kit, postgres, ...services,
    async call(method, path, { body, headers = {} } = {}) {
      const sent = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
      const response = await fetch(started.url + path, {
        method, headers: { ...(sent === undefined ? {} : { 'content-type': 'application/json' }), ...headers }, ...(sent === undefined ? {} : { body: sent }),
      });
      const text = await response.text();
      const isJson = (response.headers.get('content-type') ?? '').includes('json') && text !== '';
      return { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : {} };
    },
    async stop() {
      await started.stop();
      await kit.close();
      for (const service of Object.values(services)) await service.close();
      await postgres.stop();
    },
  };
}
