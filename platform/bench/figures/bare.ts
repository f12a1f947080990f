import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const WARM_PATH = '/warm';

/** A server without anything of ours that keeps its own times exactly: how far it and the driver are apart is what the driver, the kernel and the machine add. */
export async function startBare(workMs: number) {
  const millis: number[] = [];
  const server = createServer((asked, answer) => {
    const began = performance.now();
    setTimeout(() => {
      if (asked.url !== WARM_PATH) answer.on('finish', () => { millis.push(performance.now() - began); });
      answer.setHeader('content-type', 'application/json').end('{}');
    }, workMs);
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `${url}/`,
    /** Where a driver may run itself warm: nobody keeps those times. */
    warmUrl: `${url}${WARM_PATH}`,
    millis,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => { server.close(resolve); });
    },
  };
}
