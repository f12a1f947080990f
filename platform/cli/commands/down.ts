import { setTimeout as wait } from 'node:timers/promises';
import { exit, type Command } from '../command.ts';
import { endAll } from '../runner/end.ts';
import { folderOf } from '../runner/folder.ts';
import { isAlive } from '../runner/identity.ts';
import { endLeftovers } from '../runner/leftovers.ts';
import { holderOf, release } from '../runner/lock.ts';

/** A runner that is told to stop needs this long at most. */
const GRACE_MS = 10_000;

export const command: Command = {
  name: 'down',
  about: 'Stops everything that `up` started, and what a killed runner left behind.',
  example: './journey down',
  async run(io) {
    const folder = folderOf(io.root);
    const started = performance.now();
    const runner = holderOf(folder.lock);
    if (runner) {
      const progress = io.progress('stopping');
      process.kill(runner.pid, 'SIGTERM');
      while (isAlive(runner) && performance.now() - started < GRACE_MS) await wait(25, undefined, { signal: io.signal });
      if (isAlive(runner)) await endAll([runner], 'SIGTERM', 0);
      progress.done(`stopped after ${((performance.now() - started) / 1000).toFixed(1)} s`);
    }
    const left = await endLeftovers(folder, io.tell);
    if (!runner || !holderOf(folder.lock)) release(folder.lock);
    if (left > 0) io.tell(`Ended ${left} processes that a killed runner had left behind.`);
    if (!runner && left === 0) io.tell('Nothing runs.');
    if (io.json) io.emit({ stopped: runner !== undefined, leftovers: left });
    return exit.ok;
  },
};
