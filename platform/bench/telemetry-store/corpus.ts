import type { LogLine, Span } from '../../../services/monitoring/domain/span.ts';

export const HOUR_MS = 3_600_000;
export const DAYS = 7;
const SERVICES = ['gateway', 'auth', 'configuration', 'deployment', 'monitoring', 'notification', 'dashboard'] as const;
const SAID = [
  'GET /v1/settings/local/deployment-freeze answered 200', 'POST /v1/deployments answered 202', 'a cached value was found', 'the relay published an event', 'a token was verified for ada@example.com',
  'pull request 12 was merged into main', 'the reconciler reported a new state of gateway', 'a person signed in', 'an idle database connection broke', 'the message was delivered after a retry',
] as const;
/** Of a thousand lines so many are of each level. */
const LEVELS = [['debug', 300], ['info', 950], ['warn', 990], ['error', 1000]] as const;

/** What was made, counted while it was made: nothing here asks the store. */
export interface Tally {
  readonly fromMs: number;
  readonly toMs: number;
  readonly lines: number;
  readonly spans: number;
  /** Lines of each whole hour since `fromMs`. */
  readonly perHour: readonly number[];
  /** Of them those that were said by `auth` and hold "was". */
  readonly saidPerHour: readonly number[];
  /** Rare word → lines that hold it. */
  readonly needles: ReadonlyMap<string, number>;
  /** Traces, with as many spans and lines each. */
  readonly traces: ReadonlyMap<string, { readonly spans: number; readonly lines: number }>;
}

/**
 * Lines and spans of seven days up to now, evenly spread, the same for the same seed: a fifth of the lines belong to traces of eight spans
 * and eight lines, one in 50,000 holds a word that few others hold.
 */
export class Corpus {
  readonly #random: () => number;
  readonly #count: number;
  readonly #fromMs: number;
  readonly #stepNs: bigint;
  readonly #perHour = Array.from({ length: DAYS * 24 }, () => 0);
  readonly #saidPerHour = Array.from({ length: DAYS * 24 }, () => 0);
  readonly #needles = new Map<string, number>();
  readonly #traces = new Map<string, { spans: number; lines: number }>();
  #made = 0;

  constructor(count: number, nowMs: number, seed = 7) {
    this.#random = randomFrom(seed);
    this.#count = count;
    this.#fromMs = Math.floor(nowMs / HOUR_MS) * HOUR_MS - (DAYS * 24 - 1) * HOUR_MS;
    this.#stepNs = BigInt(nowMs - this.#fromMs) * 1_000_000n / BigInt(count);
  }

  /** The next lines, and the spans of the traces that begin among them. */
  next(most: number): { readonly lines: readonly LogLine[]; readonly spans: readonly Span[] } {
    const [lines, spans]: [LogLine[], Span[]] = [[], []];
    while (lines.length < most && this.#made < this.#count) {
      const traced = this.#made % 40 < 8;
      if (this.#made % 40 === 0) spans.push(...this.#trace());
      lines.push(this.#line(traced));
    }
    return { lines, spans };
  }

  tally(): Tally {
    return {
      fromMs: this.#fromMs, toMs: Number((BigInt(this.#fromMs) * 1_000_000n + this.#stepNs * BigInt(this.#count)) / 1_000_000n) + 1, lines: this.#made,
      spans: this.#traces.size * 8, perHour: this.#perHour, saidPerHour: this.#saidPerHour, needles: this.#needles, traces: this.#traces,
    };
  }

  #current = '';
  #hex(digits: number): string {
    let text = '';
    while (text.length < digits) text += Math.floor(this.#random() * 0x1_0000_0000).toString(16).padStart(8, '0');
    return text.slice(0, digits);
  }
  #atNs(): bigint {
    return BigInt(this.#fromMs) * 1_000_000n + this.#stepNs * BigInt(this.#made);
  }

  #trace(): readonly Span[] {
    const traceId = this.#hex(32);
    this.#current = traceId;
    this.#traces.set(traceId, { spans: 8, lines: 0 });
    let parentId: string | null = null;
    return Array.from({ length: 8 }, (_, i) => {
      const started = this.#atNs() + BigInt(i) * 1_000_000n;
      const span: Span = {
        traceId, spanId: this.#hex(16), parentId, service: SERVICES[Math.floor(i / 2)] ?? 'gateway', name: i % 2 === 0 ? 'POST /v1/deployments' : 'POST deployment', kind: i % 2 === 0 ? 'server' : 'client',
        startedNs: String(started), endedNs: String(started + 20_000_000n), isError: false, message: null,
        attributes: { 'http.request.method': 'POST', 'http.route': '/v1/deployments', 'http.response.status_code': 202, 'journey.reference': 'gateway.DEPLOYMENT_URL', 'journey.revision': 'worktree' },
      };
      ({ spanId: parentId } = span);
      return span;
    });
  }

  #line(traced: boolean): LogLine {
    const at = this.#atNs();
    const service = SERVICES[Math.floor(this.#random() * SERVICES.length)] ?? 'gateway';
    const dice = Math.floor(this.#random() * 1000);
    const said = SAID[Math.floor(this.#random() * SAID.length)] ?? '';
    const needle = this.#made % 50_000 === 25_000 ? `needle${this.#hex(8)}` : '';
    if (needle !== '') this.#needles.set(needle, (this.#needles.get(needle) ?? 0) + 1);
    const message = `${said} in ${(this.#random() * 50).toFixed(1)} ms, request ${this.#hex(12)}${needle === '' ? '' : ` ${needle}`}`;
    const hour = Number(at / 1_000_000n - BigInt(this.#fromMs)) / HOUR_MS | 0;
    this.#perHour[hour] = (this.#perHour[hour] ?? 0) + 1;
    if (service === 'auth' && message.includes('was')) this.#saidPerHour[hour] = (this.#saidPerHour[hour] ?? 0) + 1;
    const trace = this.#traces.get(this.#current);
    if (traced && trace) trace.lines += 1;
    this.#made += 1;
    return {
      traceId: traced ? this.#current : null, spanId: null, service, level: LEVELS.find(([, upTo]) => dice < upTo)?.[0] ?? 'info', message, atNs: String(at),
      attributes: { 'http.route': '/v1/things/:id', 'http.response.status_code': 200, 'journey.revision': 'worktree', 'deployment.environment.name': 'local' },
    };
  }
}

/** Mulberry32: small, and the same everywhere. */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = Math.trunc(state + 0x6d2b79f5);
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
