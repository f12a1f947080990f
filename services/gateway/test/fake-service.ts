import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';

export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}
export interface Reply {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}
/** A service behind the gateway that remembers what it was asked and answers what a test wants. */
export interface FakeService {
  url: string;
  readonly seen: Seen[];
  reply: (seen: Seen) => Reply | 'hang' | 'cut' | 'short';
  close(): Promise<void>;
  open(): Promise<void>;
}

export async function fakeService(reply: FakeService['reply']): Promise<FakeService> {
  let server: Server | undefined;
  let port = 0;
  const fake: FakeService = {
    url: '', seen: [], reply,
    async open() {
      const next = createServer((request, response) => {
        const chunks: Buffer[] = [];
        request.on('data', (chunk: Buffer) => chunks.push(chunk));
        request.on('end', () => {
          const seen = { method: request.method ?? '', url: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString() };
          fake.seen.push(seen);
          const answer = fake.reply(seen);
          if (answer === 'hang') return;
          if (answer === 'cut' || answer === 'short') {
            response.writeHead(200, { 'content-type': 'application/json', ...(answer === 'short' ? { 'content-length': '100' } : {}) });
            response.write('{"half":');
            setImmediate(() => { response.destroy(); });
            return;
          }
          const problem = answer.status >= 400;
          const text = answer.body === undefined ? '' : JSON.stringify(answer.body);
          response.writeHead(answer.status, { 'content-type': problem ? 'application/problem+json' : 'application/json', ...(text === '' ? {} : { 'content-length': String(Buffer.byteLength(text)) }), ...answer.headers });
          response.end(text);
        });
      });
      await new Promise<void>((resolve) => { next.listen(port, '127.0.0.1', resolve); });
      const address = next.address();
      port = typeof address === 'object' && address !== null ? address.port : 0;
      fake.url = `http://127.0.0.1:${String(port)}`;
      server = next;
    },
    async close() {
      server?.closeAllConnections();
      await new Promise((resolve) => { if (server === undefined) resolve(null); else server.close(resolve); });
    },
  };
  await fake.open();
  return fake;
}
