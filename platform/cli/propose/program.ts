import { spawn } from 'node:child_process';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { GuardPolicy } from '../runner/guard-policy.ts';
import { visible } from '../style.ts';
import type { Place } from './place.ts';

export interface Ended {
  /** Null: it was ended, because it took too long or said too much. */
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  readonly milliseconds: number;
}

/** `memoryMiB`: of its heap; all together it may have twice as much. */
export interface Limits { readonly seconds: number; readonly bytes: number; readonly memoryMiB: number }
const LIMITS: Limits = { seconds: 60, bytes: 4_194_304, memoryMiB: 1024 };
/** Loaded before anything of the tree. It refuses every connection: what renders needs none. */
const PRELOAD = fileURLToPath(new URL('../runner/preload.ts', import.meta.url));
const NOBODY: GuardPolicy = { workload: 'a synth', folder: 'platform', allow: [], known: [] };

/**
 * Runs a tree's own command line: somebody else's code. It gets no variable of ours, an empty home, no input and a group of
 * its own; Node's permission model lets it read its own tree and the packages, write below `synth/` and start nothing
 * (https://nodejs.org/api/permissions.html). That model is no wall against a flaw of Node: nothing that is secret is near.
 */
export function runOf(place: Place, args: readonly string[], signal: AbortSignal, limits: Limits = LIMITS): Promise<Ended> {
  const started = performance.now();
  const child = spawn(process.execPath, [...permissions(place), `--max-old-space-size=${limits.memoryMiB}`, 'platform/cli/main.ts', ...args], {
    cwd: place.tree, detached: true, stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: `${dirname(process.execPath)}:/usr/local/bin:/usr/bin:/bin`, LANG: 'C.UTF-8', TZ: 'UTC', HOME: place.home, NO_COLOR: '1', JOURNEY_GUARD: JSON.stringify(NOBODY) },
  });
  const kill = () => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    } catch {
      // The whole group has ended.
    }
  };
  return new Promise((resolve, reject) => {
    const said = { out: '', err: '' };
    const take = (stream: 'out' | 'err') => (text: string) => {
      said[stream] += text;
      if (said.out.length + said.err.length > limits.bytes) kill();
    };
    const timer = setTimeout(kill, limits.seconds * 1000);
    // Buffers are not part of the heap, which Node itself bounds.
    const scale = setInterval(() => { if (residentMiB(child.pid) > 2 * limits.memoryMiB) kill(); }, 100);
    signal.addEventListener('abort', kill, { once: true });
    child.stdout.setEncoding('utf8').on('data', take('out'));
    child.stderr.setEncoding('utf8').on('data', take('err'));
    child.once('error', (error) => {
      clearTimeout(timer);
      clearInterval(scale);
      reject(error);
    });
    child.once('close', (code) => {
      clearTimeout(timer);
      clearInterval(scale);
      signal.removeEventListener('abort', kill);
      kill();
      if (signal.aborted) reject(signal.reason);
      else resolve({ code, out: said.out, err: said.err, milliseconds: performance.now() - started });
    });
  });
}

/** What it has in memory; nothing where the system does not say (proc(5)). */
function residentMiB(pid: number | undefined): number {
  try {
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

function permissions(place: Place): string[] {
  const guard = [dirname(PRELOAD), ...inheritedGuard()];
  const reads = [place.tree, ...packagesAbove(place.folder), ...guard].map((folder) => `--allow-fs-read=${folder}/*`);
  const writes = ['synth', '.journey'].map((folder) => `--allow-fs-write=${join(place.tree, folder)}/*`);
  return ['--permission', ...reads, ...writes, '--require', PRELOAD];
}

/** The guard of a local runner is forced on every child of its workloads: the child must be able to read it. */
function inheritedGuard(): string[] {
  const path = /--require "(.+\/preload\.ts)"/.exec(process.env['NODE_OPTIONS'] ?? '')?.[1];
  return path === undefined ? [] : [dirname(path.replaceAll(/\\(.)/g, '$1'))];
}

/** Where an import of the tree finds packages: every `node_modules` above it, and where that is a link to. */
function packagesAbove(folder: string): string[] {
  const own = join(folder, 'node_modules');
  const found = existsSync(own) ? [own, realpathSync(own)] : [];
  return [...new Set([...found, ...(dirname(folder) === folder ? [] : packagesAbove(dirname(folder)))])];
}

/** What it said on its standard error, as a person may read it: without our folders, control characters and pages. */
export function wordsOf(place: Place, text: string, most = 600): string {
  const own = text.replaceAll(`${place.tree}/`, '').replaceAll(place.folder, '').trim();
  return visible(own.replaceAll('\n', ' ')).slice(0, most);
}
