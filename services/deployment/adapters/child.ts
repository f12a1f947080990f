import { spawn } from 'node:child_process';
import { dirname } from 'node:path';

export interface ChildOptions {
  /** Where it runs. */
  readonly folder: string;
  /** Its standard input. */
  readonly input?: string;
  readonly timeoutMs: number;
  /** Of its standard output. */
  readonly maxBytes: number;
  readonly signal?: AbortSignal | undefined;
}
export interface ChildAnswer {
  /** null: it was ended, or could not be started. */
  readonly exit: number | null;
  readonly stdout: string;
  /** The last lines. */
  readonly stderr: string;
  readonly ended?: 'timeout' | 'too large' | 'aborted';
}

/**
 * Runs `node <args>` with nothing of this process's environment, so with none of its secrets;
 * ends it, and what it started, when the time, the space or the patience is used up.
 */
export function runNode(args: readonly string[], { folder, input, timeoutMs, maxBytes, signal }: ChildOptions): Promise<ChildAnswer> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [...args], {
      // A group of its own: its children end with it.
      detached: true, cwd: folder, stdio: ['pipe', 'pipe', 'pipe'],
      env: { PATH: `${dirname(process.execPath)}:/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin:/run/current-system/sw/bin`, LC_ALL: 'C.UTF-8', NO_COLOR: '1' },
    });
    const chunks: Buffer[] = [];
    let [size, stderr] = [0, ''];
    let ended: ChildAnswer['ended'];
    const end = (why: NonNullable<ChildAnswer['ended']>) => {
      ended ??= why;
      if (child.pid === undefined) return;
      try {
        process.kill(-child.pid, 'SIGKILL');
      } catch {
        // It has ended in the meantime.
      }
    };
    const timer = setTimeout(() => end('timeout'), timeoutMs);
    const abort = () => end('aborted');
    signal?.addEventListener('abort', abort, { once: true });
    const done = (exit: number | null) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      resolve({ exit: ended === undefined ? exit : null, stdout: Buffer.concat(chunks).toString('utf8'), stderr, ...(ended === undefined ? {} : { ended }) });
    };
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxBytes) end('too large');
      else chunks.push(chunk);
    });
    child.stderr.on('data', (chunk: Buffer) => { stderr = (stderr + chunk.toString('utf8')).slice(-4000); });
    child.once('error', (error) => {
      stderr = error.message;
      if (child.pid === undefined) done(null);
    });
    child.once('close', done);
    // It may end without reading everything: its exit code says why, EPIPE does not.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input ?? '');
    if (signal?.aborted === true) abort();
  });
}
