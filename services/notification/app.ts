import { openMailer } from '../kit/adapters/mail.ts';
import { openObjects } from '../kit/adapters/objects.ts';
import { openDatabase } from '../kit/adapters/postgres.ts';
import { openQueue } from '../kit/adapters/queue.ts';
import type { App, Kit } from '../kit/kit.ts';
import { deploymentEnded } from '../deployment/contract.ts';
import type { notification } from './contract.ts';
import { notify } from './routes/deployment-ended.ts';
import { takeAlerts } from './routes/alerts.ts';
import { list } from './routes/list.ts';

/** All that notification does: its routes, and one kind of event. */
export async function app(kit: Kit<typeof notification>): Promise<App<typeof notification>> {
  const database = openDatabase(kit, kit.env.DATABASE);
  const events = openQueue(kit, kit.env.EVENTS);
  const mailer = openMailer(kit, kit.env.MAIL);
  const archive = openObjects(kit, kit.env.ARCHIVE);
  return {
    handlers: {
      list: list(database),
      takeAlerts: takeAlerts(kit, { database, mailer, archive }),
    },
    // The mail server is not asked: while it is away the events wait, are tried again, and end in the dead letters.
    ready: { DATABASE: () => database.ready(), EVENTS: () => events.ready(), ARCHIVE: () => archive.ready() },
    start: () => events.consume('notification', notify(kit, { database, mailer, archive }), { types: [deploymentEnded] }),
    async stop() {
      await events.close();
      await mailer.close();
      await archive.close();
      await database.close();
    },
  };
}
