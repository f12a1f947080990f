/** `node --require` runs this in every process of the local runner before the process's own code; so it awaits nothing. */
import { Socket } from 'node:net';
import { isMainThread } from 'node:worker_threads';
import { installGuard } from './guard.ts';
import { isPolicy } from './guard-policy.ts';

const policy: unknown = JSON.parse(process.env['JOURNEY_GUARD'] ?? 'null');
if (!isPolicy(policy)) throw new Error('JOURNEY_GUARD is missing or damaged: this process may only be started by `./journey up`.');
installGuard(policy, { NODE_OPTIONS: process.env['NODE_OPTIONS'] ?? '', JOURNEY_GUARD: process.env['JOURNEY_GUARD'] ?? '' });

/** A pipe that the runner holds open. It closes when the runner ends, however it ends: then so does this process. */
const lifeline = Number(process.env['JOURNEY_LIFELINE'] ?? '');
delete process.env['JOURNEY_LIFELINE'];
if (isMainThread && lifeline > 2) {
  const pipe = new Socket({ fd: lifeline, readable: true, writable: false });
  pipe.on('error', () => {});
  pipe.on('close', () => {
    process.kill(process.pid, 'SIGTERM');
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), 3000).unref();
  });
  pipe.resume();
  pipe.unref();
}
