import Agent from 'undici/lib/dispatcher/agent.js';
import api from 'undici/lib/api/index.js';
import type { Endpoint } from './contract.ts';
import { problem, Problem } from './problem.ts';

export interface LineRequest {
  /** With its query, beginning with a slash. */
  readonly path: string;
  readonly token: string;
  /** `text/event-stream`, `application/x-ndjson`. */
  readonly accept: string;
  /** Ends the reading. */
  readonly signal: AbortSignal;
  /** Longest silence; servers send heartbeats. @default 45000 */
  readonly silenceMs?: number;
  /** Longest line in characters. @default 8388608 */
  readonly longest?: number;
  /** What a refusal means. @default `upstream_unavailable` */
  readonly refused?: (status: number) => Problem;
}

/**
 * The lines of an answer that has no end, as they come. Not traced: it belongs to no request.
 * Ends without an error when the server ends it, or `signal` aborts.
 * @throws Problem `upstream_unavailable`, `upstream_timeout`, or what `refused` makes of a status other than 200
 */
export async function* linesOf({ service, url }: Endpoint, request: LineRequest): AsyncGenerator<string, void, void> {
  const { path, token, accept, signal, silenceMs = 45_000, longest = 8 * 1024 * 1024, refused } = request;
  // A connection of its own, which ends with it.
  const agent = new Agent({ connections: 1, pipelining: 0, connect: { timeout: 1000 }, headersTimeout: 10_000, bodyTimeout: silenceMs });
  try {
    const response = await api.request.call(agent, {
      origin: url.origin, path: url.pathname.replace(/\/$/, '') + path, method: 'GET', headers: { accept, authorization: `Bearer ${token}` }, signal,
    });
    if (response.statusCode !== 200) throw refused?.(response.statusCode) ?? problem('upstream_unavailable', `${service} answered ${String(response.statusCode)} in a way it should not.`, { at: service });
    const decoder = new TextDecoder();
    let rest = '';
    for await (const chunk of response.body) {
      const parts = (rest + decoder.decode(chunk as Uint8Array, { stream: true })).split('\n');
      rest = parts.pop() ?? '';
      if (rest.length > longest) throw problem('upstream_unavailable', `${service} sent a line of more than ${String(longest)} characters.`, { at: service });
      for (const line of parts) yield line.replace(/\r$/, '');
    }
  } catch (error) {
    if (signal.aborted) return;
    throw error instanceof Problem ? error : problem('upstream_unavailable', `The stream of ${service} broke off.`, { at: service, cause: error });
  } finally {
    await agent.destroy();
  }
}
