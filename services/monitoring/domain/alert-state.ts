/** Where an alert is. `inactive` after `firing` is what people call resolved: `resolvedAt` says when. */
export type Phase = 'inactive' | 'pending' | 'firing';
export interface AlertState {
  readonly phase: Phase;
  /** Unix times in milliseconds. When the breach began that it is pending or firing for. */
  readonly activeAt: number | null;
  readonly firedAt: number | null;
  /** The newest moment at which it was a breach. */
  readonly breachedAt: number | null;
  readonly resolvedAt: number | null;
}
export interface Timing { readonly forSeconds: number; readonly keepFiringSeconds: number }
/** What is written into the history. */
export type Change = 'pending' | 'firing' | 'resolved' | 'calm';

export const calm: AlertState = { phase: 'inactive', activeAt: null, firedAt: null, breachedAt: null, resolvedAt: null };

/**
 * One look at a rule. Prometheus' way: it must be a breach at every look for `for` before it fires, and none at every look for
 * `keep_firing_for` before it is resolved. A clock that goes back makes nothing happen sooner.
 */
export function step(before: AlertState, breached: boolean, now: number, { forSeconds, keepFiringSeconds }: Timing): { readonly state: AlertState; readonly change?: Change } {
  const { phase } = before;
  if (phase === 'firing') {
    if (breached) return { state: { ...before, breachedAt: now } };
    if (now - (before.breachedAt ?? now) < keepFiringSeconds * 1000) return { state: before };
    return { state: { ...before, phase: 'inactive', resolvedAt: now }, change: 'resolved' };
  }
  if (!breached) return phase === 'pending' ? { state: { ...calm, resolvedAt: before.resolvedAt }, change: 'calm' } : { state: before };
  const activeAt = phase === 'pending' ? before.activeAt ?? now : now;
  if (now - activeAt >= forSeconds * 1000) return { state: { phase: 'firing', activeAt, firedAt: now, breachedAt: now, resolvedAt: null }, change: 'firing' };
  const state: AlertState = { phase: 'pending', activeAt, firedAt: null, breachedAt: now, resolvedAt: null };
  return phase === 'pending' ? { state } : { state, change: 'pending' };
}
