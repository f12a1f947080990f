import { join } from 'node:path';
import { linesFrom } from '../runner/log-file.ts';

/** What the workloads wrote, brought to an OpenSearch as a shipper would: services/monitoring/README.md says what it makes of a line. */
export interface Shipper {
  /** How many lines were brought. */
  readonly shipped: () => number;
  /** Until the last batch is there. Rejects with what went wrong on the way. */
  stop(): Promise<void>;
}

const EVERY_MS = 250;

export function startShipper(folder: string, workloads: readonly string[], index: URL): Shipper {
  const places = new Map(workloads.map((name): [string, number] => [name, 0]));
  const stopped = new AbortController();
  let shipped = 0;
  async function ship(): Promise<void> {
    const lines = workloads.flatMap((name) => {
      const { lines, next } = linesFrom(join(folder, `${name}.log`), places.get(name) ?? 0);
      places.set(name, next);
      // What Node itself says stands there as well.
      return lines.filter((line) => line.startsWith('{'));
    });
    if (lines.length === 0) return;
    const body = lines.map((line) => `{"create":{}}\n${JSON.stringify(ecsOf(JSON.parse(line) as Line))}\n`).join('');
    const answer = await fetch(`${index.href}/_bulk?refresh=true`, { method: 'POST', headers: { 'content-type': 'application/x-ndjson' }, body });
    const said = await answer.text();
    if (!answer.ok || said.includes('"errors":true')) throw new Error(`_bulk answered ${answer.status}: ${/"error":.{0,300}/.exec(said)?.[0] ?? said.slice(0, 300)}`);
    shipped += lines.length;
  }
  const running = (async () => {
    while (!stopped.signal.aborted) {
      await ship();
      await new Promise<void>((resolve) => { setTimeout(resolve, EVERY_MS); });
    }
  })();
  // Told to who stops it, not to the process.
  running.catch(() => undefined);
  return {
    shipped: () => shipped,
    async stop() {
      stopped.abort();
      await running;
    },
  };
}

type Line = Readonly<Record<string, unknown>> & { readonly time: string };

/** The kit's line in the fields of the Elastic Common Schema. Labels are texts there: one index refuses what is a number in one line and a word in another. */
function ecsOf({ time, level, message, 'service.name': service, trace_id: trace, span_id: span, ...rest }: Line): object {
  const labels = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)]));
  return { '@timestamp': time, service: { name: service }, log: { level }, message, ...(trace === undefined ? {} : { trace: { id: trace } }), ...(span === undefined ? {} : { span: { id: span } }), labels };
}
