import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Answers with the public keys of the issuer, as auth does: for processes that a test starts. */
export async function startKeys(jwks: unknown) {
  const server = createServer((_, answer) => answer.setHeader('content-type', 'application/json').end(JSON.stringify(jwks)));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
