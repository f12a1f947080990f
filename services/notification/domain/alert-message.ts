import { oneLine } from '../../kit/git-message.ts';
import type { Message } from './message.ts';

export interface ToldAlert {
  readonly status: 'firing' | 'resolved';
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly startsAt: string;
  readonly endsAt: string;
}
export interface ToldGroup {
  readonly status: 'firing' | 'resolved';
  readonly truncatedAlerts?: number;
  readonly groupLabels: Readonly<Record<string, string>>;
  readonly alerts: readonly ToldAlert[];
}
const MOST = 20;

/** One mail per group: what fires first, then what is over. Whatever rules and labels say stays text on one line. */
export function alertMessage({ groupLabels, alerts, truncatedAlerts = 0 }: ToldGroup, to: string): Message {
  const [firing, over] = [alerts.filter(({ status }) => status === 'firing'), alerts.filter(({ status }) => status === 'resolved')];
  const isTest = alerts.every(({ labels }) => labels['test'] === 'true');
  const names = [...new Set(alerts.map(({ labels }) => labels['alertname'] ?? 'alert'))].join(', ');
  const left = Math.max(0, alerts.length - MOST) + truncatedAlerts;
  return {
    to,
    subject: oneLine(`${isTest ? '[TEST] ' : ''}${firing.length > 0 ? `FIRING ${firing.length}` : 'RESOLVED'}: ${groupLabels['workload'] ?? 'workloads'}: ${names}`, 200),
    text: [
      ...[...firing, ...over].slice(0, MOST).flatMap(paragraph),
      ...(left === 0 ? [] : [`And ${left} more.`, '']),
      'The page /alerts shows them: acknowledge, silence, history.', '',
    ].join('\n'),
  };
}

function paragraph({ status, labels, annotations, startsAt, endsAt }: ToldAlert): string[] {
  return [
    oneLine(`${status === 'firing' ? 'FIRING' : 'RESOLVED'} ${labels['alertname'] ?? ''} (${labels['severity'] ?? 'no severity'}, ${labels['workload'] ?? ''}, ${labels['environment'] ?? ''})`, 300),
    oneLine(`  ${annotations['summary'] ?? 'It has no summary.'}`, 500),
    `  since ${startsAt}${status === 'resolved' ? `, over at ${endsAt}` : ''}`, '',
  ];
}
