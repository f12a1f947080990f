import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** `platform/workloads/gateway.ts:12`: where in the model a fact was declared. */
export type SourceLine = `${string}:${number}`;

const ROOT = rootOf(dirname(fileURLToPath(import.meta.url)));
/** `    at name (file:///a%20b/x.ts:1:2)` and `    at file:///x.ts:1:2`; the path may hold spaces and parentheses. */
const FRAME = /(file:\/\/\/.+?|\/.+?):(\d+):\d+\)?$/;

/**
 * The nearest caller outside `platform/model`, as `path:line` relative to the repository.
 * Reads the stack's text: V8's call-site API would skip source maps.
 */
export function callSite(): SourceLine {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 20;
  const stack = new Error().stack ?? '';
  Error.stackTraceLimit = limit;
  for (const frame of stack.split('\n').slice(1)) {
    const found = FRAME.exec(frame);
    if (!found?.[1] || frame.includes('node:internal')) continue;
    const path = relative(ROOT, pathOf(found[1]));
    if (!path.startsWith('platform/model/')) return `${path}:${Number(found[2])}`;
  }
  throw new Error('callSite(): no frame outside platform/model on the stack.');
}

/** Cuts a leading function name (`new X (`) off a plain path; a file URL starts the path by itself. */
function pathOf(text: string): string {
  return text.startsWith('file:') ? fileURLToPath(text) : text;
}

function rootOf(dir: string): string {
  if (existsSync(join(dir, 'cdk8s.yaml'))) return dir;
  if (dirname(dir) === dir) throw new Error('callSite(): no cdk8s.yaml above platform/model marks the repository root.');
  return rootOf(dirname(dir));
}
