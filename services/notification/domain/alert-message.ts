import { oneLine } from '../../kit/git-message.ts';
import type { Message } from './message.ts';

export interface ToldAlert {
  readonly status: 'firing' | 'resolved';
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly startsAt: string;
  readonly endsAt: string;
  /** 16 hexadecimal digits. */
  readonly fingerprint: string;
}
export interface ToldGroup {
  readonly status: 'firing' | 'resolved';
  readonly truncatedAlerts?: number;
  readonly groupLabels: Readonly<Record<string, string>>;
  readonly alerts: readonly ToldAlert[];
}
const MOST = 20;

/** One mail per group: what fires first, then what is over. Whatever rules and labels say stays text on one line. */
export function alertMessage({ groupLabels, alerts, truncatedAlerts = 0 }: ToldGroup, to: string, pages: string | null): Message {
  const [firing, over] = [alerts.filter(({ status }) => status === 'firing'), alerts.filter(({ status }) => status === 'resolved')];
  const isTest = alerts.every(({ labels }) => labels['test'] === 'true');
  const names = [...new Set(alerts.map(({ labels }) => labels['alertname'] ?? 'alert'))].join(', ');
  const left = Math.max(0, alerts.length - MOST) + truncatedAlerts;
  return {
    to,
    subject: oneLine(`${isTest ? '[TEST] ' : ''}${firing.length > 0 ? `FIRING ${firing.length}` : 'RESOLVED'}: ${groupLabels['workload'] ?? 'workloads'}: ${names}`, 200),
    text: [
      ...[...firing, ...over].slice(0, MOST).flatMap((alert) => paragraph(alert, pages)),
      ...(left === 0 ? [] : [`And ${left} more.`, '']),
      pages === null ? 'The page /alerts shows them: acknowledge, silence, history.' : `All of them: ${pages}/alerts`, '',
    ].join('\n'),
  };
}

/** The links open the page, or the form on it: a mail's reader acts as who is signed in there. */
function paragraph({ status, labels, annotations, startsAt, endsAt, fingerprint }: ToldAlert, pages: string | null): string[] {
  const page = `${pages}/alerts?alert=${fingerprint}`;
  return [
    oneLine(`${status === 'firing' ? 'FIRING' : 'RESOLVED'} ${labels['alertname'] ?? ''} (${labels['severity'] ?? 'no severity'}, ${labels['workload'] ?? ''}, ${labels['environment'] ?? ''})`, 300),
    oneLine(`  ${annotations['summary'] ?? 'It has no summary.'}`, 500),
    `  since ${startsAt}${status === 'resolved' ? `, over at ${endsAt}` : ''}`,
    ...(pages === null ? [] : status === 'firing' ? [`  see it: ${page}`, `  acknowledge it: ${page}&note=acknowledge`] : [`  see it: ${page}`]), '',
  ];
}
