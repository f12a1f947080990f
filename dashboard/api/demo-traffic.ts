import { demoLabel, type DemoKind } from '../../services/gateway/contract/demo-traffic.ts';

/** Sends one request of the mix. Resolves with its status; with 0 when nothing answered. */
export async function sendDemo({ method, path, body, anonymous }: DemoKind, signal: AbortSignal): Promise<number> {
  return fetch(`/api${path}`, {
    method, signal, cache: 'no-store', redirect: 'manual', credentials: anonymous ? 'omit' : 'same-origin',
    headers: { accept: 'application/json', 'x-requested-with': 'journey', ...demoLabel, ...(body && { 'content-type': 'application/json' }) },
    body: body === undefined ? null : JSON.stringify(body),
  }).then(async (answer) => {
    // Read to its end: the connection is free for the next one.
    await answer.arrayBuffer();
    return answer.status;
  }).catch(() => 0);
}
