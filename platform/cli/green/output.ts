import { spawn } from 'node:child_process';
import type { Where } from './where.ts';

export interface Output { readonly code: number; readonly text: string }
interface How { readonly env?: Readonly<Record<string, string>>; readonly withinS?: number }

const GRACE_MS = 10_000;

/**
 * Runs a program from the repository's root with Node's own environment; both streams in one text. One that does not end
 * in time is ended with everything it started and says so, since a hang that nobody names is worse than a failure.
 */
export function output(where: Where, argv: readonly string[], { env = {}, withinS = 600 }: How = {}): Promise<Output> {
  const [program = '', ...rest] = argv;
  return new Promise((resolve, reject) => {
    const child = spawn(program, rest, { cwd: where.root, env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0', ...env }, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (c: Buffer) => chunks.push(c));
    child.stderr.on('data', (c: Buffer) => chunks.push(c));
    const end = (why: string) => {
      chunks.push(Buffer.from(`\n${why}\n`));
      kill(child.pid, 'SIGTERM');
      setTimeout(() => kill(child.pid, 'SIGKILL'), GRACE_MS).unref();
    };
    const stop = () => end('Interrupted.');
    const late = setTimeout(() => end(`${argv.slice(-3).join(' ')} did not end within ${withinS} s and was ended.`), withinS * 1000);
    where.signal.addEventListener('abort', stop, { once: true });
    if (where.signal.aborted) stop();
    child.on('error', (error) => {
      clearTimeout(late);
      reject(error);
    });
    // Not 'close': what a test left behind may hold the pipes for ever.
    child.on('exit', (code) => {
      clearTimeout(late);
      where.signal.removeEventListener('abort', stop);
      kill(child.pid, 'SIGKILL');
      setTimeout(() => child.stdout.destroy(), GRACE_MS).unref();
      setTimeout(() => child.stderr.destroy(), GRACE_MS).unref();
      child.on('close', () => resolve({ code: code ?? 1, text: Buffer.concat(chunks).toString('utf8') }));
    });
  });
}

/** A program and everything it started that is still in its group. */
function kill(pid: number | undefined, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // Nothing of it is left.
  }
}
