import { createServer } from 'node:net';

/** A port of 127.0.0.1 that was free a moment ago; whoever uses it retries when somebody was quicker. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('The system offered no port on 127.0.0.1.');
  return address.port;
}
