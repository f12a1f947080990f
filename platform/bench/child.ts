import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** What a measured process says of itself at its end, as its last line. */
export interface Report {
  /** Processor time of the whole process, user and system, in milliseconds. */
  readonly cpuMs: number;
  /** Largest memory it held, in MiB. */
  readonly maxRssMb: number;
  readonly wallMs: number;
  readonly files: number;
  readonly objects: number;
}

interface Running {
  readonly args?: readonly string[];
  /** Of Node itself. */
  readonly flags?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** What it is given on standard input. */
  readonly input?: string;
}

/** Runs a script in a process of its own, with an environment that is empty but for `env`. @returns its stdout @throws {Error} with the end of its stderr when it fails */
export async function outputOf(script: URL, signal: AbortSignal, { args = [], flags = [], env = {}, input = '' }: Running = {}): Promise<string> {
  const child = spawn(process.execPath, [...flags, fileURLToPath(script), ...args], { env, stdio: ['pipe', 'pipe', 'pipe'], signal });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => { out += text; });
  child.stderr.setEncoding('utf8').on('data', (text: string) => { err = (err + text).slice(-4000); });
  // One that ended without reading it says why by its end.
  child.stdin.on('error', () => undefined).end(input);
  const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  if (code !== 0) throw new Error(`${fileURLToPath(script)} ${args.join(' ')} ended with ${code}: ${err}`);
  return out;
}

/**
 * Runs a script that reports of itself.
 * @param cache folder of Node's compile cache; without one everything is compiled anew
 * @throws {Error} with the end of its stderr when it fails or reports nothing
 */
export async function measured(script: URL, args: readonly string[], signal: AbortSignal, cache?: string): Promise<Report> {
  const out = await outputOf(script, signal, { args, flags: ['--max-old-space-size=6144'], env: cache === undefined ? {} : { NODE_COMPILE_CACHE: cache } });
  const report: unknown = JSON.parse(out.trim().split('\n').at(-1) ?? '');
  if (isReport(report)) return report;
  throw new Error(`${fileURLToPath(script)} ${args.join(' ')} reported nothing.`);
}

/** Prints the report of this very process; the last thing it does. */
export function report(files: number, objects: number): void {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const all: Report = { cpuMs: (userCPUTime + systemCPUTime) / 1000, maxRssMb: maxRSS / 1024, wallMs: performance.now(), files, objects };
  process.stdout.write(`${JSON.stringify(all)}\n`);
}

function isReport(value: unknown): value is Report {
  if (typeof value !== 'object' || value === null) return false;
  const numbers: Readonly<Record<string, unknown>> = { ...value };
  return ['cpuMs', 'maxRssMb', 'wallMs', 'files', 'objects'].every((key) => typeof numbers[key] === 'number');
}
