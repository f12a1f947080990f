import { request, type Agent } from 'node:http';

/** A server that takes a request and stays silent ends the run: the timeout of the agent. */
export const PATIENCE_MS = 15_000;

/** One answer. `traceId`: of its journey, as its header tells; empty without one. */
export interface Timed { readonly status: number; readonly tookMs: number; readonly traceId: string }

/** One request, from the first byte on a connection that is open to the answer's head: as little of who asks as can be. @param agent that keeps connections open */
export function timed(url: string, token: string, agent: Agent): Promise<Timed> {
  return new Promise((resolve, reject) => {
    let began = 0;
    const asked = request(url, { agent, headers: { authorization: `Bearer ${token}` } }, (answer) => {
      const tookMs = performance.now() - began;
      answer.resume().on('end', () => { resolve({ status: answer.statusCode ?? 0, tookMs, traceId: String(answer.headers['trace-id'] ?? '') }); });
    });
    asked.on('error', reject).on('timeout', () => { asked.destroy(new Error(`no answer within ${PATIENCE_MS} ms`)); }).on('socket', (socket) => {
      const go = () => {
        began = performance.now();
        asked.end();
      };
      if (socket.connecting) socket.once('connect', go);
      else go();
    });
  });
}
