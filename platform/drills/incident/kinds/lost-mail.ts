import { pick } from '../../drill.ts';
import type { Kind } from '../incident.ts';
import { mailComes } from '../probes.ts';

export const lostMail: Kind = {
  name: 'lost-mail',
  about: 'mails are written down as sent and never sent, or their receivers are taken for nobody',
  make: (random) => ({
    kind: 'lost-mail', workload: 'notification', released: true,
    ...pick(random, [
      {
        title: 'Mail only what somebody has to act on', why: 'People filter the rest away.', hop: 'notification → the mail server',
        edits: [{ path: 'services/notification/routes/deployment-ended.ts', from: 'await mailer.send({ ...message, messageId });', to: "if (message.subject.startsWith('please')) await mailer.send({ ...message, messageId });" }],
      },
      {
        title: 'Mail addresses that can be reached', why: 'What ends in .local is no address that a server elsewhere could know.', hop: 'notification, which finds nobody to tell',
        edits: [{ path: 'services/notification/domain/message.ts', from: "if (request.kind === 'rollback' && requestedBy === 'automatic') return null;", to: "if (requestedBy.endsWith('.local') || (request.kind === 'rollback' && requestedBy === 'automatic')) return null;" }],
      },
    ]),
    symptom: 'Nobody is told any more how a deployment ended.',
    probe: (place) => mailComes(place),
  }),
};
