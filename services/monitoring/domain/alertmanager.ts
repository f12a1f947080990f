import type { JudgedAlert } from './alert.ts';
import type { Silence } from './silence.ts';
import { alertPage, RECEIVER } from './webhook.ts';

/** Alertmanager's gettableAlert. An acknowledgement keeps quiet too, so it stands among what silences. */
export function alertView({ labels, annotations, fingerprint, firedAt, seenAt, silencedBy, acknowledgedBy, inhibitedBy }: JudgedAlert, pages: string) {
  const quiet = [...silencedBy, ...acknowledgedBy];
  return {
    labels, annotations, fingerprint, startsAt: timeOf(firedAt ?? seenAt), updatedAt: timeOf(seenAt),
    // As Prometheus sends it: it is over unless somebody says again that it is not.
    endsAt: timeOf(seenAt + STALE_MS), generatorURL: alertPage(pages, fingerprint), receivers: [{ name: RECEIVER }],
    status: { state: quiet.length > 0 || inhibitedBy.length > 0 ? 'suppressed' : 'active', silencedBy: quiet, inhibitedBy },
  };
}
const STALE_MS = 240_000;

export function silenceView({ id, matchers, startsAt, endsAt, by, reason, updatedAt }: Silence, now: number) {
  return {
    id, status: { state: endsAt !== null && endsAt <= now ? 'expired' : startsAt > now ? 'pending' : 'active' }, updatedAt: timeOf(updatedAt), matchers,
    startsAt: timeOf(startsAt), endsAt: endsAt === null ? NO_END : timeOf(endsAt), createdBy: by, comment: reason,
  };
}
const NO_END = '9999-12-31T23:59:59.000Z';
const timeOf = (at: number): string => new Date(at).toISOString();
