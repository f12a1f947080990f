import { createServer, type Server } from 'node:http';

/** Answers every path with what a test tells it to. */
export interface FakeConfiguration {
  readonly url: string;
  answer: { readonly status: number; readonly body: unknown };
  /** Paths, in the order in which they were asked. */
  readonly asked: string[];
  close(): Promise<void>;
  open(): Promise<void>;
}

export const notFrozen = { status: 200, body: { environment: 'local', name: 'deployment-freeze', value: { frozen: false }, version: 0, source: 'default' } };
export const frozen = { status: 200, body: { value: { frozen: true, reason: 'release week' } } };

export async function startFakeConfiguration(): Promise<FakeConfiguration> {
  let server: Server | undefined;
  let port = 0;
  const fake: FakeConfiguration = {
    answer: notFrozen, asked: [],
    get url() { return `http://127.0.0.1:${String(port)}`; },
    async open() {
      server = createServer((request, response) => {
        fake.asked.push(request.url ?? '');
        response.writeHead(fake.answer.status, { 'content-type': fake.answer.status < 400 ? 'application/json' : 'application/problem+json' });
        response.end(JSON.stringify(fake.answer.body));
      });
      await new Promise<void>((resolve) => { server?.listen(port, '127.0.0.1', resolve); });
      const address = server.address();
      port = typeof address === 'object' && address !== null ? address.port : 0;
    },
    async close() {
      server?.closeAllConnections();
      await new Promise((resolve) => { if (server === undefined) resolve(null); else server.close(resolve); });
    },
  };
  await fake.open();
  return fake;
}
