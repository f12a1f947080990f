import { spawn } from 'node:child_process';

export interface Tethered {
  /** Ends the process and, unless it was `kill`ed before, its folder. */
  stop(): Promise<void>;
  /** Sends a signal to the process itself and waits for its end; its folder stays. */
  kill(signal: NodeJS.Signals): Promise<void>;
}

export interface TetherOptions {
  readonly command: readonly [string, ...string[]];
  /** Removed when the tether is cut. */
  readonly folder: string;
  /** The line that says that it is ready. */
  readonly ready: RegExp;
  readonly timeoutMs: number;
  /** What ends it in good order. */
  readonly signal: 'INT' | 'TERM' | 'KILL';
  readonly user?: { readonly uid: number; readonly gid: number } | undefined;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/**
 * A server that cannot outlive this process: a shell waits on a pipe of ours, and the pipe's end (`stop()`, or this
 * process gone by any means, `kill -9` included) ends the server and removes its folder.
 * @throws {Error} with the server's last words when it ends or stays silent before it is ready
 */
export async function tether(o: TetherOptions): Promise<Tethered> {
  const shell = spawn('sh', ['-c', script, 'sh', o.signal, o.folder, ...o.command], {
    stdio: ['pipe', 'pipe', 'pipe'], cwd: o.cwd ?? o.folder, ...o.user, ...(o.env ? { env: { ...o.env } } : {}),
  });
  const ended = new Promise<void>((resolve) => shell.once('exit', () => resolve()));
  let said = '';
  let pid = 0;
  await new Promise<void>((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`${o.command[0]} ${why}: ${said.slice(-2000)}`));
    const timer = setTimeout(() => { shell.stdin.end(); fail(`was not ready within ${o.timeoutMs} ms`); }, o.timeoutMs);
    const listen = (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-20_000);
      pid ||= Number(/^pid=(\d+)$/m.exec(said)?.[1] ?? 0);
      if (!o.ready.test(said)) return;
      clearTimeout(timer);
      resolve();
    };
    shell.stdout.on('data', listen);
    shell.stderr.on('data', listen);
    shell.once('error', (error) => { clearTimeout(timer); reject(error); });
    shell.once('exit', (code) => { clearTimeout(timer); fail(`ended with ${code} before it was ready`); });
  });
  return {
    async stop() {
      shell.stdin.end();
      await ended;
    },
    async kill(signal) {
      process.kill(pid, signal);
      await ended;
      shell.stdin.end();
    },
  };
}

const script = `
signal=$1; folder=$2; shift 2
exec 3<&0 </dev/null
"$@" 3<&- & child=$!
echo "pid=$child"
( read -r line <&3; kill -$signal $child ) >/dev/null 2>&1 & reader=$!
wait $child; code=$?
if kill -0 $reader 2>/dev/null; then kill $reader; else wait $child 2>/dev/null; rm -rf "$folder"; fi
exit $code`;
