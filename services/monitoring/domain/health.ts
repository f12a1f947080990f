/** Argo CD's words. */
export type Health = 'Healthy' | 'Degraded' | 'Missing' | 'Unknown';
export interface Seen {
  readonly name: string;
  readonly health: Health;
  /** Unix time in milliseconds of the last look; null before the first. */
  readonly seenAt: number | null;
  /** How long the answer took; null when there was none. */
  readonly answerMs: number | null;
  readonly detail: string;
}
/** What a look at /readyz brought. */
export type Look =
  | { readonly kind: 'ready' }
  | { readonly kind: 'notReady'; readonly detail: string }
  | { readonly kind: 'silent'; readonly detail: string }
  | { readonly kind: 'nobody'; readonly detail: string };

export function unseen(name: string): Seen {
  return { name, health: 'Unknown', seenAt: null, answerMs: null, detail: 'It was not looked at yet.' };
}

export function seenOf(name: string, look: Look, seenAt: number, answerMs: number): Seen {
  switch (look.kind) {
    case 'ready': return { name, health: 'Healthy', seenAt, answerMs, detail: 'Ready.' };
    case 'notReady': return { name, health: 'Degraded', seenAt, answerMs, detail: look.detail };
    // It holds the port but says nothing: there, and not well.
    case 'silent': return { name, health: 'Degraded', seenAt, answerMs: null, detail: look.detail };
    case 'nobody': return { name, health: 'Missing', seenAt, answerMs: null, detail: look.detail };
  }
}
