/** What every page with figures says. */
export const figureTexts = {
  range: 'Range', last: { '5m': '5 min', '10m': '10 min', '1h': '1 h', '6h': '6 h', '1d': '1 d', '7d': '7 d' },
  foreign: 'Read from Prometheus (monitoring.METRICS), as far as it has looked; Now is monitoring’s own. ',
  kept: (resolution: string, kept: string) => `Values of ${resolution} each, kept for ${kept}.`,
  now: 'Now', rate: 'Requests/s', errors: 'Errors', refused: 'Refused', p50: 'p50', p95: 'p95', p99: 'p99', health: 'Health', requests: 'Requests',
} as const;
