import { execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** The checkout that the end-to-end tests run in; `./journey test` makes it. */
export const CHECKOUT = process.env['JOURNEY_CHECKOUT'] ?? process.cwd();

export interface Ran { readonly code: number; readonly out: string; readonly err: string; readonly seconds: number }

/** Runs `./journey …` as a person would, with a HOME that is not there, and waits for its end. */
export function journey(...args: readonly string[]): Promise<Ran> {
  return journeyWith({}, ...args);
}
export interface Given { readonly env?: Readonly<Record<string, string>>; readonly input?: string }
export function journeyWith(given: Given, ...args: readonly string[]): Promise<Ran> {
  return journeyIn(CHECKOUT, given, ...args);
}
export function journeyIn(checkout: string, given: Given, ...args: readonly string[]): Promise<Ran> {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn('./journey', args, { cwd: checkout, env: { PATH: process.env['PATH'], HOME: '/nonexistent', ...given.env }, stdio: ['pipe', 'pipe', 'pipe'] });
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => { out += text; });
    child.stderr.setEncoding('utf8').on('data', (text: string) => { err += text; });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? -1, out, err, seconds: (performance.now() - started) / 1000 }));
    child.stdin.end(given.input ?? '');
  });
}

export type Value = Readonly<Record<string, unknown>>;
/** The values of an NDJSON output. */
export function values(ran: Ran): readonly Value[] {
  return ran.out.split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as Value);
}

export interface Process { readonly name: string; readonly pid: number; readonly health: string; readonly urls: Readonly<Record<string, string>>; readonly pssMiB: number }
export interface Status { readonly processes: readonly Process[]; readonly postgres: Process; readonly runner: { readonly pid: number }; readonly pssMiB: number }
export async function statusOf(checkout = CHECKOUT): Promise<Status> {
  return JSON.parse((await journeyIn(checkout, {}, 'status', '--json')).out) as Status;
}

export interface Up {
  readonly seconds: number;
  readonly link: string;
  readonly password: string;
  readonly gateway: string;
  readonly services: readonly { readonly name: string; readonly url: string }[];
  /** `git status` before. */
  readonly gitBefore: string;
}
/** Starts everything as on the first day: what an earlier test file left is forgotten. */
export async function bringUp(): Promise<Up> {
  const gitBefore = execFileSync('git', ['-C', CHECKOUT, 'status', '--porcelain'], { encoding: 'utf8' });
  await journey('down');
  await journey('reset', '--yes');
  const ran = await journey('up', '--detach');
  if (ran.code !== 0) throw new Error(`up ended with ${ran.code}\n${ran.err}`);
  const said = `${ran.out}${ran.err}`;
  const services = (await statusOf()).processes.map((p) => ({ name: p.name, url: p.urls['http'] ?? '' }));
  return {
    seconds: ran.seconds, gitBefore, services,
    link: /http:\/\/\S+\/sign-in#link=\S+/.exec(said)?.[0] ?? '',
    password: /password (\S+)/.exec(said)?.[1] ?? '',
    gateway: services.find((s) => s.name === 'gateway')?.url ?? '',
  };
}

/** Waits until a condition holds; the thing waited for has no event of its own to listen to from outside. */
export async function until<T>(what: string, seconds: number, look: () => Promise<T | undefined>): Promise<T> {
  const end = performance.now() + seconds * 1000;
  for (;;) {
    const seen = await look();
    if (seen !== undefined) return seen;
    if (performance.now() > end) throw new Error(`${what}: not within ${seconds} s`);
    await new Promise<void>((resolve) => { setTimeout(resolve, 100); });
  }
}

/** Does a process still run? One that ended and was not collected by its parent (a zombie) does not. */
export function runs(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) [ZX]/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
