// A process of its own that asks one address at a fixed rate and keeps how long each answer took, by its own clock.
import { Agent, request } from 'node:http';

/** What it is told, on standard input: a token is nobody's argument. */
export interface Order { readonly url: string; readonly token: string; readonly count: number; readonly perSecond: number }
/** What it says at its end. */
export interface Driven { readonly good: number; readonly millis: readonly number[] }

/** A server that takes a request and stays silent ends the run. */
const PATIENCE_MS = 15_000;

let text = '';
for await (const chunk of process.stdin.setEncoding('utf8')) text += String(chunk);
const { url, token, count, perSecond } = JSON.parse(text) as Order;
const agent = new Agent({ keepAlive: true, timeout: PATIENCE_MS });
const [millis, open]: [number[], Promise<number>[]] = [[], []];
const began = performance.now();
// Open loop: a slow answer does not slow the next question down.
for (let n = 0; n < count; n += 1) {
  const wait = began + (n * 1000) / perSecond - performance.now();
  if (wait > 0) await new Promise<void>((resolve) => { setTimeout(resolve, wait); });
  open.push(one());
}
const statuses = await Promise.all(open);
agent.destroy();
process.stdout.write(JSON.stringify({ good: statuses.filter((status) => status === 200).length, millis } satisfies Driven));

/** From the first byte on a connection that is open to the answer's head: as little of the driver itself as can be. */
function one(): Promise<number> {
  return new Promise((resolve, reject) => {
    let started = 0;
    const asked = request(url, { agent, headers: { authorization: `Bearer ${token}` } }, (answer) => {
      millis.push(performance.now() - started);
      answer.resume().on('end', () => { resolve(answer.statusCode ?? 0); });
    });
    asked.on('error', reject).on('timeout', () => { asked.destroy(new Error(`no answer within ${PATIENCE_MS} ms`)); }).on('socket', (socket) => {
      const go = () => {
        started = performance.now();
        asked.end();
      };
      if (socket.connecting) socket.once('connect', go);
      else go();
    });
  });
}
