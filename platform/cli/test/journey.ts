import { spawn } from 'node:child_process';

/** The checkout that the end-to-end tests run in; `./journey test` makes it. */
export const CHECKOUT = process.env['JOURNEY_CHECKOUT'] ?? process.cwd();

export interface Ran { readonly code: number; readonly out: string; readonly err: string; readonly seconds: number }

/** Runs `./journey …` as a person would, with an empty HOME, and waits for its end. */
export function journey(...args: readonly string[]): Promise<Ran> {
  return journeyWith({}, ...args);
}
export function journeyWith(options: { readonly env?: Readonly<Record<string, string>>; readonly input?: string }, ...args: readonly string[]): Promise<Ran> {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn('./journey', args, { cwd: CHECKOUT, env: { PATH: process.env['PATH'], HOME: '/nonexistent', ...options.env }, stdio: ['pipe', 'pipe', 'pipe'] });
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => { out += text; });
    child.stderr.setEncoding('utf8').on('data', (text: string) => { err += text; });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? -1, out, err, seconds: (performance.now() - started) / 1000 }));
    child.stdin.end(options.input ?? '');
  });
}

/** The values of an NDJSON output. */
export function values(ran: Ran): Record<string, unknown>[] {
  return ran.out.split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as Record<string, unknown>);
}
