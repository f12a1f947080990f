import type { Connection, Telemetry } from '../../kit/contract.ts';
import type { Kit } from '../../kit/kit.ts';
import type { monitoring } from '../contract.ts';
import { partOf } from '../domain/part.ts';
import type { LogLine } from '../domain/span.ts';
import { openJaeger } from './jaeger.ts';
import { SHOWN, type Store } from './journey-port.ts';
import type { Line, LogStore, Range } from './log-port.ts';
import type { Metrics } from './metrics-port.ts';
import { openOpenSearch } from './opensearch.ts';
import { openPrometheus } from './prometheus.ts';

/** What the routes read from. */
export interface Sources { readonly metrics: Metrics; readonly logs: LogStore; readonly journeys: Store }
const EVER: Range = { fromMs: 0, toMs: 4_102_444_800_000 };

/** Each by the URL that the model gives it: `own:` is monitoring's own. @throws {Error} for a URL that says too little, without showing it */
export function openSources(kit: Pick<Kit<typeof monitoring>, 'call' | 'env'>, own: Sources): Sources {
  const { METRICS, LOGS, TRACES, TELEMETRY_DAYS: days } = kit.env;
  const logs = isOwn(LOGS) ? own.logs : openOpenSearch(kit, LOGS);
  const journeys = isOwn(TRACES) ? own.journeys : openJaeger(kit, TRACES, { days });
  const logsOf = isOwn(LOGS) ? own.journeys.logsOf : linesFrom(logs);
  return { metrics: isOwn(METRICS) ? own.metrics : openPrometheus(kit, METRICS), logs, journeys: { ...journeys, sources: { hops: journeys.sources.hops, logs: logs.source }, logsOf: linesOr(logsOf, journeys.logsOf) } };
}

const isOwn = ({ url }: Connection<Telemetry>): boolean => new URL(url.reveal()).protocol === 'own:';

/** The lines of a journey are where lines are; only where there is none, what its spans said of themselves. */
function linesOr(first: Store['logsOf'], second: Store['logsOf']): Store['logsOf'] {
  if (first === second) return first;
  return async (traceId, most) => {
    const lines = await first(traceId, most);
    return lines.found.length > 0 ? lines : second(traceId, most);
  };
}

function linesFrom(logs: LogStore): Store['logsOf'] {
  return async (traceId, most = SHOWN.logs) => {
    const newestFirst: Line[] = [];
    // One more than is wanted tells that there are more, not how many.
    while (newestFirst.length <= most.count) {
      const limit = Math.min(most.count + 1 - newestFirst.length, PAGE);
      const page = await logs.find([{ kind: 'trace', value: traceId, negated: false }], EVER, limit, newestFirst.at(-1)?.id);
      newestFirst.push(...page);
      if (page.length < limit) break;
    }
    return partOf(newestFirst.toReversed().map(({ at, id: _, ...line }): LogLine => ({ ...line, atNs: String(BigInt(Math.round(at * 1000)) * 1000n) })), most);
  };
}
/** Of one question to a foreign server. */
const PAGE = 5000;
