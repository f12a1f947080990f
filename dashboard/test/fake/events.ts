import { monitoring } from '../../../services/monitoring/contract.ts';
import type { AlertChange } from '../../api/alerts.ts';
import type { KeptLine } from '../../api/logs.ts';
import type { Workload } from '../../api/monitoring.ts';
import { newLine } from './logs.ts';
import { on, signedIn, type Answer } from './refusal.ts';

interface Told { readonly workloads: () => readonly Workload[]; readonly history: () => readonly AlertChange[]; readonly lines: KeptLine[] }

/** One stream of topics, as monitoring tells it; a place is the number of the newest change or line. */
export function events({ workloads, history, lines }: Told): Answer {
  return on(monitoring.routes.events, ({ person, query, response }) => {
    signedIn(person);
    const topics = (query['topics'] ?? '').split(',');
    const has = (topic: string) => topics.includes(topic);
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' }).flushHeaders();
    const place = () => `logs=${lines.at(-1)?.id ?? 0}.alerts=${history()[0]?.id ?? 0}`;
    const tell = (event: string, data: object) => response.write(`id: ${place()}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    let known = history()[0]?.id ?? 0;
    let seenAt = 0;
    tell('begin', { topics });
    const look = () => {
      const entries = history().filter(({ id }) => id > known).toReversed();
      known = history()[0]?.id ?? 0;
      if (has('alerts') && entries.length > 0) tell('alerts', { topic: 'alerts', entries });
      if (has('health') && Date.now() - seenAt > 2000) {
        seenAt = Date.now();
        tell('seen', { topic: 'health', workloads: workloads() });
      }
      if (has('logs')) tell('lines', { topic: 'logs', lines: [newLine(lines)] });
    };
    look();
    const timer = setInterval(look, 400);
    response.once('close', () => clearInterval(timer));
    return null;
  });
}
