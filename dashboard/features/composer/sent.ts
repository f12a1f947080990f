'use client';
import type { Wanted } from '../../api/send.ts';
import { isRecord } from '../../api/problem.ts';

const prefix = 'journey-sent:';
const most = 20;
const largest = 32_768;

/** What this tab sent, so that it can be sent again. Without the body when that held a secret, or is too large. */
export interface Sent { readonly method: string; readonly path: string; readonly query: Readonly<Record<string, string>>; readonly body: string | undefined; readonly whole: boolean }

/** Kept in this tab until it is closed, under the trace id; nothing is sent anywhere. */
export function keepSent(traceId: string, { method, path, query, body }: Wanted, secret = false): void {
  const whole = body === undefined || (!secret && body.length <= largest);
  try {
    const old = Object.keys(sessionStorage).filter((key) => key.startsWith(prefix));
    for (const key of old.slice(0, Math.max(0, old.length - most + 1))) sessionStorage.removeItem(key);
    sessionStorage.setItem(prefix + traceId, JSON.stringify({ method, path, query, whole, ...(whole && body !== undefined && { body }) }));
  } catch {
    // A browser that keeps nothing: then a replay asks for the body again.
  }
}

export function sentAs(traceId: string): Sent | undefined {
  const text = typeof sessionStorage === 'undefined' ? null : sessionStorage.getItem(prefix + traceId);
  try {
    const kept: unknown = JSON.parse(text ?? 'null');
    if (!isRecord(kept) || typeof kept['method'] !== 'string' || typeof kept['path'] !== 'string') return undefined;
    const query = isRecord(kept['query']) ? Object.fromEntries(Object.entries(kept['query']).map(([key, value]) => [key, String(value)])) : {};
    return { method: kept['method'], path: kept['path'], query, body: typeof kept['body'] === 'string' ? kept['body'] : undefined, whole: kept['whole'] === true };
  } catch {
    return undefined;
  }
}
