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

/**
 * Runs a script in a process of its own with an empty environment.
 * @param cache folder of Node's compile cache; without one everything is compiled anew
 * @throws {Error} with the end of its stderr when it fails or reports nothing
 */
export async function measured(script: URL, args: readonly string[], signal: AbortSignal, cache?: string): Promise<Report> {
  const child = spawn(process.execPath, ['--max-old-space-size=6144', fileURLToPath(script), ...args], {
    env: cache === undefined ? {} : { NODE_COMPILE_CACHE: cache }, stdio: ['ignore', 'pipe', 'pipe'], signal,
  });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => { out += text; });
  child.stderr.setEncoding('utf8').on('data', (text: string) => { err = (err + text).slice(-4000); });
  const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  const report: unknown = code === 0 ? JSON.parse(out.trim().split('\n').at(-1) ?? '') : undefined;
  if (isReport(report)) return report;
  throw new Error(`${fileURLToPath(script)} ${args.join(' ')} ended with ${code} and no report: ${err}`);
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
