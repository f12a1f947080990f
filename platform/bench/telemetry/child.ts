import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface Child {
  /** The line with `ready` in it: addresses by name. */
  readonly said: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** Starts a script that says `{"ready": …}` and waits for that. @throws {Error} with its last words when it ends before */
export async function openChild(script: URL, args: readonly string[], env: Readonly<Record<string, string>>): Promise<Child> {
  const child = spawn(process.execPath, [fileURLToPath(script), ...args], { env: { ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let last = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => { last = (last + text).slice(-2000); });
  const ended = new Promise<void>((resolve) => { child.once('close', () => resolve()); });
  const said = await new Promise<Readonly<Record<string, string>>>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => reject(new Error(`${fileURLToPath(script)} ended with ${code}: ${last}`)));
    createInterface(child.stdout).on('line', (line) => {
      if (line.startsWith('{"ready"')) resolve(JSON.parse(line));
      else last = `${last}${line}\n`.slice(-2000);
    });
  });
  return {
    said,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
