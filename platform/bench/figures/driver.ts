// A process of its own that asks one address at a fixed rate and keeps how long each answer took, by its own clock.
import { Agent } from 'node:http';
import { PATIENCE_MS, timed, type Timed } from './timed.ts';

/** What it is told, on standard input: a token is nobody's argument. */
export interface Order {
  readonly url: string;
  readonly token: string;
  readonly count: number;
  readonly perSecond: number;
  /** Asked first, one after the other, and not counted: a process that has just begun measures how it compiles itself. */
  readonly warm: { readonly url: string; readonly count: number };
}
/** What it says at its end. */
export interface Driven { readonly good: number; readonly millis: readonly number[]; /** Of the same requests, in the same order. */ readonly traces: readonly string[] }

let text = '';
for await (const chunk of process.stdin.setEncoding('utf8')) text += String(chunk);
const { url, token, count, perSecond, warm } = JSON.parse(text) as Order;
const agent = new Agent({ keepAlive: true, timeout: PATIENCE_MS });
for (let n = 0; n < warm.count; n += 1) await timed(warm.url, 'none', agent);
const open: Promise<Timed>[] = [];
const began = performance.now();
// Open loop: a slow answer does not slow the next question down.
for (let n = 0; n < count; n += 1) {
  const wait = began + (n * 1000) / perSecond - performance.now();
  if (wait > 0) await new Promise<void>((resolve) => { setTimeout(resolve, wait); });
  open.push(timed(url, token, agent));
}
const all = await Promise.all(open);
agent.destroy();
process.stdout.write(JSON.stringify({ good: all.filter(({ status }) => status === 200).length, millis: all.map(({ tookMs }) => tookMs), traces: all.map(({ traceId }) => traceId) } satisfies Driven));
