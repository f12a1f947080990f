/** The runner of `./journey up --detach`: its log is .journey/logs/runner.log, its parent is told by IPC until everything is ready. */
import { fileURLToPath } from 'node:url';
import { Interrupted, saidOf } from '../report.ts';
import { folderOf } from './folder.ts';
import type { Message } from './message.ts';
import { localModel } from './prepare.ts';
import { startRunner } from './runner.ts';

const folder = folderOf(fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, ''));
const interrupt = new AbortController();
const shown = new Map<string, string>();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => interrupt.abort(new Interrupted()));
process.on('SIGHUP', () => {});

try {
  const runner = await startRunner({
    folder, model: await localModel(), env: process.env, signal: interrupt.signal,
    tell(line) {
      log(line);
      say({ type: 'tell', line });
    },
    changed(name, { health, why }) {
      const line = `${name} is ${health}${why === undefined ? '' : `: ${why}`}`;
      if (shown.get(name) === line) return;
      shown.set(name, line);
      log(line);
      if (health === 'Healthy') say({ type: 'progress', text: `${name} is ready` });
    },
  });
  if (!runner) say({ type: 'taken' });
  else {
    say({ type: 'ready', ...(runner.firstSignIn ? { firstSignIn: runner.firstSignIn } : {}) });
    await new Promise<void>((resolve) => (interrupt.signal.aborted ? resolve() : interrupt.signal.addEventListener('abort', () => resolve())));
    await runner.stop();
  }
  process.exit(0);
} catch (error) {
  // Whatever broke while everything was being stopped broke because of that.
  const said = saidOf(interrupt.signal.aborted ? interrupt.signal.reason : error);
  log(`${said.what}; ${said.why}; ${said.fix}`);
  if (error instanceof Error && !(error instanceof Interrupted)) log(error.stack ?? '');
  say({ type: 'failed', ...said });
  process.exit(said.code);
}

function log(line: string): void {
  process.stdout.write(`${JSON.stringify({ time: new Date().toISOString(), level: 'info', 'service.name': 'runner', msg: line })}\n`);
}

/** The parent may be gone: it needs no answer then. */
function say(message: Message): void {
  if (process.connected) process.send?.(message, () => {});
}
