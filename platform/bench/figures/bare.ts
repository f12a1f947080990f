import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server without anything of ours that keeps its own times exactly: how far it and the driver are apart is what the driver, the kernel and the machine add. */
export async function startBare(workMs: number) {
  const millis: number[] = [];
  const server = createServer((_, answer) => {
    const began = performance.now();
    setTimeout(() => {
      answer.on('finish', () => { millis.push(performance.now() - began); });
      answer.setHeader('content-type', 'application/json').end('{}');
    }, workMs);
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    millis,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => { server.close(resolve); });
    },
  };
}
