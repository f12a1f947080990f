import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A fresh clone of HEAD with an empty HOME of its own: what somebody has who just found the project. */
export interface Clone {
  readonly folder: string;
  /** Runs `./journey …` in it. @returns wall seconds and stdout. @throws {Error} with its stderr when it does not end with 0 */
  journey(...args: readonly string[]): Promise<{ readonly seconds: number; readonly out: string }>;
  remove(): Promise<void>;
}

export function cloneOf(root: string, signal: AbortSignal): Clone {
  const base = mkdtempSync(join(tmpdir(), 'journey-up-'));
  const [folder, home] = [join(base, 'clone'), join(base, 'home')];
  mkdirSync(home);
  execFileSync('git', ['clone', '--quiet', '--no-local', root, folder], { stdio: ['ignore', 'ignore', 'inherit'] });
  const journey: Clone['journey'] = async (...args) => {
    const started = performance.now();
    const child = spawn('./journey', args, { cwd: folder, env: { ...process.env, HOME: home, NODE_COMPILE_CACHE: '' }, stdio: ['ignore', 'pipe', 'pipe'], signal });
    let [out, err] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => { out += text; });
    child.stderr.setEncoding('utf8').on('data', (text: string) => { err = (err + text).slice(-4000); });
    const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
    if (code !== 0) throw new Error(`./journey ${args.join(' ')} ended with ${code}: ${err}`);
    return { seconds: (performance.now() - started) / 1000, out };
  };
  return {
    folder,
    journey,
    async remove() {
      await journey('down').catch(() => undefined); // it may not have come up
      rmSync(base, { recursive: true, force: true });
    },
  };
}
