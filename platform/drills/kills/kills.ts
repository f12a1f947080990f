import { randomUUID } from 'node:crypto';
import { pick, randomOf, type Drill, type DrillRun } from '../drill.ts';
import { OPEN_LIMITS } from '../delivery/limit.ts';
import type { Site } from '../site.ts';
import { until } from '../until.ts';
import { knob, release, type Change } from './change.ts';
import { follow } from './follow.ts';
import { judge } from './judge.ts';

/** Some of the kills come while what answers already is watched. */
const WATCHED_S = 5;

/** "What must be shown" 3, second half: whoever is killed whenever, a change is finished or cleanly undone. */
export const kills: Drill = {
  name: 'kills',
  about: 'Kills the deployment service or the runner (SIGKILL) at random moments of releases and knobs: each change is finished or cleanly undone, never half.',
  async run(at) {
    const random = randomOf(at.seed);
    const left = new Set(OPEN_LIMITS);
    const next = (round: number): Change => {
      const reason = `kill ${round} of seed ${at.seed}`;
      if (round % 2 === 0) return release(at.site, random, reason);
      const value = pick(random, [...left]);
      left.delete(value);
      return knob(at.site, value, reason);
    };
    // How long each takes undisturbed, until it answers: the kills are spread over that, and a little more.
    const spread = [await calm(at, next(0)), await calm(at, next(1))].map((seconds) => seconds + WATCHED_S);
    const ends = new Map<string, number>();
    const ids: string[] = [];
    for (let round = 1; round <= (at.brief ? 3 : 30); round += 1) {
      at.io.signal.throwIfAborted();
      const end = await kill(at, next(round), round, random, spread[round % 2] ?? 0);
      ends.set(end.status, (ends.get(end.status) ?? 0) + 1);
      ids.push(end.id);
    }
    const counts = ids.map((id) => at.site.mailsWith(id).length);
    at.check('at the end there is still one mail for each', counts.every((count) => count === 1), [...ends].map(([status, count]) => `${count} ${status}`).join(', '));
  },
};

async function calm({ site, check }: DrillRun, change: Change): Promise<number> {
  const started = performance.now();
  const { done } = follow(site, change, randomUUID());
  const answered = await until(120, async () => (await change.answers() === change.after ? true : undefined));
  const seconds = (performance.now() - started) / 1000;
  const wrong = await judge(site, change, await done);
  check(`${change.what}, undisturbed`, answered !== undefined && wrong.length === 0, wrong.length === 0 ? `it answers after ${seconds.toFixed(1)} s` : wrong.join('; '));
  return seconds;
}

async function kill({ site, check, figure }: DrillRun, change: Change, round: number, random: () => number, spread: number): Promise<{ readonly id: string; readonly status: string }> {
  const victim = pick(random, ['deployment', 'runner'] as const);
  const pid = await pidOf(site, victim);
  const delay = random() * spread;
  const following = follow(site, change, randomUUID());
  await new Promise<void>((resolve) => { setTimeout(resolve, delay * 1000); });
  const moment = following.state();
  process.kill(pid, 'SIGKILL');
  const killed = performance.now();
  if (victim === 'runner') await site.up();
  const end = await following.done;
  figure(`seconds from the kill of the ${victim} to the end of the change`, (performance.now() - killed) / 1000);
  const wrong = await judge(site, change, end);
  const status = String(end?.['status']);
  check(`kill ${round}: ${change.what}, ${victim} killed after ${delay.toFixed(1)} s while ${moment}`, wrong.length === 0, [status, ...wrong].join('; '));
  return { id: String(end?.['id']), status };
}

/** @throws {Error} when it does not run: nothing would be killed */
async function pidOf(site: Site, victim: 'deployment' | 'runner'): Promise<number> {
  const { runner, processes } = await site.status();
  const pid = victim === 'runner' ? runner : processes.find(({ name }) => name === victim)?.pid ?? 0;
  if (pid < 2) throw new Error(`the ${victim} does not run`);
  return pid;
}
