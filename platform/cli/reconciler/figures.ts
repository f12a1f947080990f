/** What a process has answered since it started, and how much of it failed by its own fault. */
export interface Figures { readonly requests: number; readonly failures: number }

const LINE = /^http_server_request_duration_seconds_count\{([^}]*)\} (\d+(?:\.\d+)?(?:e[+-]?\d+)?)$/gm;
const STATUS = /http_response_status_code="(\d{3})"/;
/** What another service did not do is no fault of the one that says so. */
const UPSTREAM = new Set([502, 504]);

/** Reads the text of `/metrics` (Prometheus text format; OpenTelemetry's HTTP conventions). */
export function figuresIn(text: string): Figures {
  let [requests, failures] = [0, 0];
  for (const [, labels = '', value = '0'] of text.matchAll(LINE)) {
    const status = Number(STATUS.exec(labels)?.[1] ?? 0);
    requests += Number(value);
    if (status >= 500 && !UPSTREAM.has(status)) failures += Number(value);
  }
  return { requests, failures };
}

export const sum = (all: readonly Figures[]): Figures =>
  all.reduce((before, one) => ({ requests: before.requests + one.requests, failures: before.failures + one.failures }), { requests: 0, failures: 0 });

/** Fewer answers, or fewer failures, prove nothing. */
const [ENOUGH, SEVERAL] = [20, 3];
/** The fast burn rate of the alerts that the model derives: 2 % of a month's budget in an hour (platform/targets/observability/burn.ts). */
const FAST_BURN = 14.4;

/**
 * Does it burn its error budget too fast? @param availability its objective, 0 to 1
 * @returns what was counted, in words, or undefined when it does not
 */
export function burning({ requests, failures }: Figures, availability: number): string | undefined {
  const share = failures / requests;
  if (requests < ENOUGH || failures < SEVERAL || share < FAST_BURN * (1 - availability)) return undefined;
  return `burns its error budget: ${failures} of ${requests} answers failed (${(share * 100).toFixed(1)} %; the objective allows ${((1 - availability) * 100).toFixed(2)} %)`;
}
