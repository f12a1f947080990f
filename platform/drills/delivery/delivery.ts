import { randomUUID } from 'node:crypto';
import { pick, randomOf, type Drill, type DrillRun } from '../drill.ts';
import { openPerson, type Person } from '../person.ts';
import { byBrowser } from './by-browser.ts';
import { byCommand } from './by-command.ts';
import { OPEN_LIMITS } from './limit.ts';

/** "What must be shown" 1: one knob, two people, a rollout and a rollback under load: from the command line, and in a real browser. */
export const delivery: Drill = {
  name: 'delivery',
  about: 'A knob, from the pull request to the rollback, by two people under 50 requests a second, by command and in a browser: none fails, every diff has the same bytes.',
  async run(at) {
    const random = randomOf(at.seed);
    const caller = await viewer(at);
    const runs = at.brief ? 1 : 5;
    const left = new Set(OPEN_LIMITS);
    for (let run = 1; run <= runs; run += 1) {
      const value = pick(random, [...left]);
      left.delete(value);
      await byCommand(at, caller, { run, value });
    }
    for (let run = 1; run <= runs; run += 1) await byBrowser(at, caller, run);
  },
};

/** Whose requests the load is: nobody else uses up this limit. */
async function viewer({ site }: DrillRun): Promise<Person> {
  const account = { name: `load-${randomUUID().slice(0, 8)}@example.com`, password: randomUUID() };
  const made = await site.admin.ask('POST', '/v1/people', { ...account, roles: ['viewer'] });
  if (made.status >= 300) throw new Error(`nobody could be added for the load: ${made.status} ${JSON.stringify(made.body)}`);
  return openPerson(site.gateway, account);
}
