import type { JudgedAlert, Labels } from './alert.ts';
import type { Message } from './telling.ts';

/** The body that Alertmanager posts to webhooks (prometheus.io/docs/alerting/latest/configuration, webhook_config), version 4. */
export interface Webhook {
  readonly version: '4';
  readonly groupKey: string;
  readonly truncatedAlerts: number;
  readonly status: 'firing' | 'resolved';
  readonly receiver: string;
  readonly groupLabels: Labels;
  readonly commonLabels: Labels;
  readonly commonAnnotations: Labels;
  readonly externalURL: string;
  readonly alerts: readonly WebhookAlert[];
}
export interface WebhookAlert {
  readonly status: 'firing' | 'resolved';
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly generatorURL: string;
  readonly fingerprint: string;
}
export const RECEIVER = 'notification';
const MOST = 100;
/** Go's zero time: what Alertmanager writes for an end that is not known. */
const NO_TIME = '0001-01-01T00:00:00Z';

export function webhookOf(groupKey: string, { status, alerts }: Message, externalUrl: string): Webhook {
  const shown = alerts.slice(0, MOST);
  return {
    version: '4', groupKey, truncatedAlerts: alerts.length - shown.length, status, receiver: RECEIVER,
    groupLabels: common(alerts.map(({ labels: { workload = '' } }) => ({ workload }))),
    commonLabels: common(alerts.map(({ labels }) => labels)), commonAnnotations: common(alerts.map(({ annotations }) => annotations)),
    externalURL: externalUrl, alerts: shown.map((alert) => alertOf(alert, externalUrl)),
  };
}

/** Where people see it; a path where the pages have no address. */
export const alertPage = (pages: string, fingerprint: string): string => `${pages}/alerts?alert=${fingerprint}`;

function alertOf({ phase, labels, annotations, firedAt, resolvedAt, fingerprint }: JudgedAlert, externalUrl: string): WebhookAlert {
  return {
    status: phase === 'firing' ? 'firing' : 'resolved', labels, annotations, fingerprint,
    startsAt: timeOf(firedAt), endsAt: phase === 'firing' ? NO_TIME : timeOf(resolvedAt),
    generatorURL: alertPage(externalUrl, fingerprint),
  };
}

const timeOf = (at: number | null): string => (at === null ? NO_TIME : new Date(at).toISOString());
/** What all have, with the same value. */
function common(all: readonly Labels[]): Labels {
  return Object.fromEntries(Object.entries(all[0] ?? {}).filter(([key, value]) => all.every((one) => one[key] === value)));
}
