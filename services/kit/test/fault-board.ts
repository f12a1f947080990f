import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import type { AddressInfo } from 'node:net';

interface Asking { readonly path: string; readonly key: string; readonly body: { readonly workload: string; readonly instance: string; readonly held: readonly string[] } }
/** In the place of monitoring: answers with what is wanted, as it stands, and remembers who asked. */
export interface FakeBoard {
  readonly url: string;
  wanted: readonly unknown[];
  /** It takes the question and hangs up. */
  breaks: boolean;
  readonly asked: readonly Asking[];
  close(): Promise<void>;
}

export async function fakeBoard(): Promise<FakeBoard> {
  const asked: Asking[] = [];
  const server = createServer(async (request, response) => {
    asked.push({ path: request.url ?? '', key: request.headers.authorization ?? '', body: JSON.parse(await text(request)) as Asking['body'] });
    if (board.breaks) return void response.destroy();
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ faults: board.wanted }));
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const board: FakeBoard = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, wanted: [], breaks: false, asked,
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
  return board;
}
