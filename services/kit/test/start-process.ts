import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { until } from './until.ts';

/** A real process of a service, which can be killed. */
export interface ServiceProcess {
  readonly url: string;
  /** SIGKILL. @throws {Error} when it had ended by itself: then it was not this that ended it */
  kill(): Promise<void>;
  /** Ends it if it still runs. */
  stop(): Promise<void>;
}

/** Resolves when it listens. @param main its main.ts @throws {Error} with what it said when it ends instead */
export async function startProcess(main: string, env: Readonly<Record<string, string>>, cwd?: string): Promise<ServiceProcess> {
  const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'inherit'], ...(cwd !== undefined && { cwd }) });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => { said = (said + chunk.toString('utf8')).slice(-200_000); });
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  const stop = async () => {
    if (hasEnded()) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  };
  const url = await until('the service listens', () => {
    if (hasEnded()) throw new Error(`It ended: ${said.slice(-2000)}`);
    return /"url":"(http:[^"]+)"/.exec(said)?.[1];
  }, 60_000).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return {
    url, stop,
    async kill() {
      if (hasEnded()) throw new Error(`It ended by itself: ${said.slice(-2000)}`);
      await stop();
    },
  };
}
